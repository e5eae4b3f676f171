/** The style sheet's colours, for what is drawn on a canvas. */

const scheme = matchMedia('(prefers-color-scheme: dark)');

/** The value of a custom property of the page, such as `--accent`. */
export const colour = (property) => getComputedStyle(document.documentElement).getPropertyValue(property).trim();

/** Calls back whenever the reader switches between light and dark. */
export function whenColoursChange(redraw) {
  scheme.addEventListener('change', redraw);
}

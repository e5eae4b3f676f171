/**
 * Builds an element. Text always goes in as text, never as markup.
 *
 * @param {string} tag
 * @param {object} [attributes] attributes; `class` and `data-*` included; null and false are left out
 * @param {...(Node|string|null)} children strings become text nodes
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Sets text only where it differs, so that nothing is announced or repainted in vain. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export const motionReduced = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Keeps what the reader chose in the address, so that it survives a reload and can be passed on. */

import {DIMENSIONS} from './model.js';

/** Reads `#<dimension>[/<window start>]`; anything else, which anybody may put into a link, chooses nothing. */
function chosen() {
  const [dimension, window] = decoded(location.hash.slice(1)).split('/');
  return DIMENSIONS.includes(dimension) ? {dimension, window: window || null} : null;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

export function keepInAddress(model) {
  const choice = chosen();
  if (choice !== null) {
    model.choose(choice);
  }
  window.addEventListener('hashchange', () => {
    const next = chosen();
    if (next !== null) {
      model.choose(next);
    }
  });
  model.subscribe(() => {
    const hash = '#' + model.dimension + (model.selected === null ? '' : `/${model.selected}`);
    if (location.hash !== hash && (location.hash !== '' || hash !== '#users')) {
      history.replaceState(null, '', hash);
    }
  });
}

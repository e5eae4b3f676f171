/** How settled a window is, in words. */

import {element} from './dom.js';

const STATES = {
  early: ['early', 'The window is open: more changes are expected'],
  on_time: ['on time', 'All changes are expected to be in; stragglers may still correct it'],
  corrected: ['corrected', 'Stragglers have corrected it and may do so again'],
  final: ['final', 'Nothing changes any more'],
};

export const stateWord = (state) => STATES[state]?.[0] ?? state;

export function stateChip(state) {
  return element('span', {class: 'chip', 'data-state': state, title: STATES[state]?.[1] ?? null}, stateWord(state));
}

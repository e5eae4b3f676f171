/** The ranking as a table. */

import {element} from './dom.js';
import {integer, percent} from './format.js';
import {nameNode} from './names.js';

export class Standings {
  constructor(table) {
    this.body = table.tBodies[0];
    this.shown = null;
  }

  render(ranking) {
    if (ranking === this.shown) {
      return;
    }
    this.shown = ranking;
    const focusedRow = [...this.body.rows].findIndex((row) => row.contains(document.activeElement));
    this.body.replaceChildren(...ranking.top.map((entry) => element('tr', {},
      element('td', {class: 'number rank'}, integer(entry.rank)),
      element('th', {scope: 'row'}, nameNode(entry)),
      element('td', {class: 'number'}, integer(entry.count)),
      element('td', {class: 'number'}, percent(entry.share)),
      element('td', {class: 'number'}, moveNode(entry, ranking.hasPrevious)))));
    this.body.rows[focusedRow]?.querySelector('a')?.focus({preventScroll: true});
  }
}

/** The change of rank since the previous pane. */
function moveNode(entry, hasPrevious) {
  if (!hasPrevious) {
    return move('none', '–', 'not known');
  }
  if (entry.previousRank === null) {
    return move('new', 'new', 'new among the first');
  }
  const rise = entry.previousRank - entry.rank;
  if (rise === 0) {
    return move('none', '=', 'unchanged');
  }
  const places = integer(Math.abs(rise));
  return rise > 0 ? move('up', `▲ ${places}`, `up ${places}`) : move('down', `▼ ${places}`, `down ${places}`);
}

const move = (kind, sign, words) => element('span', {class: `move ${kind}`, title: words},
  element('span', {'aria-hidden': 'true'}, sign),
  element('span', {class: 'visually-hidden'}, words));

/** All windows: a chart over the last 24 hours and the table with the same numbers. */

import {byId, element, setText} from './dom.js';
import {integer, span, spanNode} from './format.js';
import {stateChip, stateWord} from './states.js';
import {WindowsChart} from './windows-chart.js';

export class WindowsPanel {
  constructor(model) {
    this.model = model;
    this.rows = new Map();
    this.body = byId('window-list').tBodies[0];
    this.chart = new WindowsChart(byId('windows-chart'),
      (window) => this.describe(window),
      (window) => this.choose(window));
    model.subscribe(() => this.render());
  }

  /** The newest window is the live one: choosing it follows the stream again. */
  choose(window) {
    const newest = this.model.sortedWindows.at(-1);
    this.model.choose({window: window.start === newest.start ? null : window.start});
  }

  render() {
    const windows = this.model.sortedWindows;
    byId('windows-empty').hidden = windows.length > 0;
    byId('windows-content').hidden = windows.length === 0;
    if (windows.length === 0) {
      return;
    }
    const selected = this.model.selected ?? windows.at(-1).start;
    this.renderTable(windows, selected);
    this.chart.render(windows, selected);
  }

  /** Newest first; only rows that changed are touched. */
  renderTable(windows, selected) {
    const known = new Set();
    windows.toReversed().forEach((window, index) => {
      known.add(window.start);
      let row = this.rows.get(window.start);
      if (row === undefined) {
        row = new Row(window, () => this.choose(window));
        this.rows.set(window.start, row);
      }
      row.update(window, window.start === selected);
      if (this.body.rows[index] !== row.node) {
        this.body.insertBefore(row.node, this.body.rows[index] ?? null);
      }
    });
    for (const [start, row] of this.rows) {
      if (!known.has(start)) {
        row.node.remove();
        this.rows.delete(start);
      }
    }
  }

  describe(window) {
    setText(byId('chart-readout'), window === null
      ? 'The last 24 hours'
      : `${span(new Date(window.startMillis), new Date(window.endMillis))}: ${integer(window.changes)} changes, `
        + `${integer(window.users)} users, ${stateWord(window.state)}`);
  }
}

class Row {
  constructor(window, onChoose) {
    this.button = element('button', {class: 'link'}, spanNode(new Date(window.startMillis), new Date(window.endMillis)));
    this.button.addEventListener('click', onChoose);
    this.changes = element('td', {class: 'number'});
    this.users = element('td', {class: 'number'});
    this.state = element('td');
    this.node = element('tr', {}, element('th', {scope: 'row'}, this.button), this.changes, this.users, this.state);
    this.shown = null;
  }

  update(window, selected) {
    this.node.classList.toggle('selected', selected);
    if (selected) {
      this.button.setAttribute('aria-current', 'true');
    } else {
      this.button.removeAttribute('aria-current');
    }
    if (this.shown !== window) {
      this.shown = window;
      setText(this.changes, integer(window.changes));
      setText(this.users, integer(window.users));
      this.state.replaceChildren(stateChip(window.state));
    }
  }
}

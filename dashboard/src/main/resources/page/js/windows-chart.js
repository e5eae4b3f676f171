/** Changes as bars and distinct users as a line, one per window. */

import uPlot from '../lib/uplot/dist/uPlot.esm.js';
import {clock, integer} from './format.js';
import {colour, whenColoursChange} from './colours.js';

const HEIGHT = 200;
const DAY_SECONDS = 24 * 3600;
const FONT = '12px system-ui, sans-serif';

export class WindowsChart {
  /**
   * @param {HTMLElement} place
   * @param {function(object|null): void} onHover called with the window under the pointer
   * @param {function(object): void} onChoose called with the window that was clicked
   */
  constructor(place, onHover, onChoose) {
    this.place = place;
    this.onHover = onHover;
    this.onChoose = onChoose;
    this.windows = [];
    this.selected = null;
    this.plot = null;
    new ResizeObserver(() => this.fit()).observe(place);
    whenColoursChange(() => {
      this.plot?.destroy();
      this.plot = null;
      this.draw();
    });
  }

  render(windows, selected) {
    if (this.selected !== selected || !sameWindows(this.windows, windows)) {
      this.windows = windows;
      this.selected = selected;
      this.draw();
    }
  }

  draw() {
    if (this.windows.length === 0 || this.place.clientWidth === 0) {
      return;
    }
    const data = [
      this.windows.map((window) => window.startMillis / 1000),
      this.windows.map((window) => window.changes),
      this.windows.map((window) => (window.start === this.selected ? window.changes : null)),
      // An open window has only begun to count: its point would look like a fall.
      this.windows.map((window) => (window.state === 'early' ? null : window.users)),
    ];
    if (this.plot === null) {
      this.plot = new uPlot(this.options(), data, this.place);
      this.plot.over.addEventListener('click', () => {
        const window = this.windows[this.plot.cursor.idx];
        if (window !== undefined) {
          this.onChoose(window);
        }
      });
    } else {
      this.plot.setData(data);
    }
  }

  fit() {
    if (this.plot === null) {
      this.draw();
    } else if (this.place.clientWidth > 0) {
      this.plot.setSize({width: this.place.clientWidth, height: HEIGHT});
    }
  }

  /** The last 24 hours, or, while there is less, what there is, but not a few bars over the whole width. */
  range() {
    const first = this.windows[0];
    const last = this.windows.at(-1);
    const length = (last.endMillis - last.startMillis) / 1000;
    const end = last.endMillis / 1000;
    const span = Math.min(DAY_SECONDS, Math.max(24 * length, end - first.startMillis / 1000));
    return [end - span - length / 2, end];
  }

  options() {
    const ink = colour('--ink-soft');
    const grid = {stroke: colour('--line'), width: 1};
    const bars = uPlot.paths.bars({size: [0.72, 28], align: 1, radius: 0.2});
    return {
      width: this.place.clientWidth,
      height: HEIGHT,
      legend: {show: false},
      cursor: {y: false, points: {show: false}, drag: {setScale: false, x: false, y: false}},
      scales: {
        x: {time: true, range: () => this.range()},
        changes: {range: (plot, low, high) => [0, Math.max(10, high * 1.1)]},
        users: {range: (plot, low, high) => [0, Math.max(10, high * 1.35)]},
      },
      axes: [
        {stroke: ink, font: FONT, grid: {show: false}, ticks: {show: false}, size: 28, values: (plot, seconds) => seconds.map((second) => clock(new Date(second * 1000)))},
        {scale: 'changes', stroke: ink, font: FONT, grid, ticks: {show: false}, size: 58, values: (plot, numbers) => numbers.map(integer)},
        {scale: 'users', side: 1, stroke: ink, font: FONT, grid: {show: false}, ticks: {show: false}, size: 50, values: (plot, numbers) => numbers.map(integer)},
      ],
      series: [
        {},
        {scale: 'changes', fill: colour('--bar-soft'), width: 0, paths: bars, points: {show: false}},
        {scale: 'changes', fill: colour('--accent'), width: 0, paths: bars, points: {show: false}},
        {scale: 'users', stroke: colour('--second'), width: 1.5, points: {show: this.windows.length < 3}},
      ],
      hooks: {
        setCursor: [(plot) => this.onHover(plot.cursor.idx === null || plot.cursor.left < 0 ? null : (this.windows[plot.cursor.idx] ?? null))],
      },
    };
  }
}

const sameWindows = (before, after) => before.length === after.length && before.every((window, index) => window === after[index]);

/** A small line of recent values, without axes. */

import uPlot from '../lib/uplot/dist/uPlot.esm.js';
import {colour, whenColoursChange} from './colours.js';

const HEIGHT = 44;

export class Sparkline {
  constructor(place) {
    this.place = place;
    this.values = [];
    this.plot = null;
    new ResizeObserver(() => this.plot?.setSize({width: place.clientWidth, height: HEIGHT})).observe(place);
    whenColoursChange(() => {
      this.plot?.destroy();
      this.plot = null;
      this.draw();
    });
  }

  render(values) {
    this.values = values;
    this.draw();
  }

  draw() {
    this.place.hidden = this.values.length < 2;
    if (this.place.hidden) {
      return;
    }
    const data = [this.values.map((value, index) => index), this.values];
    if (this.plot === null) {
      this.plot = new uPlot(this.options(), data, this.place);
    } else {
      this.plot.setData(data);
    }
  }

  options() {
    return {
      width: this.place.clientWidth,
      height: HEIGHT,
      padding: [4, 0, 2, 0],
      legend: {show: false},
      cursor: {show: false},
      scales: {x: {time: false}, y: {range: (plot, low, high) => [0, Math.max(1, high * 1.15)]}},
      axes: [{show: false}, {show: false}],
      series: [{}, {stroke: colour('--accent'), width: 1.5, fill: colour('--accent-faint'), points: {show: false}}],
    };
  }
}

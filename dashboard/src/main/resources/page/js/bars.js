/**
 * The ranking as bars that glide to their new rank (FLIP: measure, change, animate the difference). The
 * list's order is always the true one, so that a screen reader or a search in the page finds it right at
 * any moment.
 */

import {element, motionReduced, setText} from './dom.js';
import {integer, percent} from './format.js';
import {keyOf, nameNode} from './names.js';

const GLIDE = {duration: 700, easing: 'cubic-bezier(.2, .8, .2, 1)'};
const FADE = {duration: 400, easing: 'ease-out'};

export class Bars {
  constructor(list) {
    this.list = list;
    this.rows = new Map();
    /** What the rows belong to: bars do not glide from one dimension or window to another. */
    this.subject = null;
  }

  render(ranking) {
    const subject = `${ranking.dimension}|${ranking.windowStart}`;
    const animated = subject === this.subject && !motionReduced();
    if (subject !== this.subject) {
      this.rows.forEach((row) => row.node.remove());
      this.rows.clear();
      this.subject = subject;
    }
    const before = animated ? this.measure() : new Map();
    const focused = this.list.contains(document.activeElement) ? document.activeElement : null;

    const highest = Math.max(1, ...ranking.top.map((entry) => entry.count));
    const keys = new Set();
    ranking.top.forEach((entry, index) => {
      const key = keyOf(entry);
      keys.add(key);
      const row = this.rows.get(key) ?? this.create(entry, key);
      row.update(entry, highest);
      if (this.list.children[index] !== row.node) {
        this.list.insertBefore(row.node, this.list.children[index] ?? null);
      }
    });
    for (const [key, row] of this.rows) {
      if (!keys.has(key)) {
        row.node.remove();
        this.rows.delete(key);
      }
    }
    if (focused !== null && focused.isConnected && document.activeElement !== focused) {
      focused.focus({preventScroll: true});
    }
    if (animated) {
      this.glide(before);
    }
  }

  create(entry, key) {
    const row = new Row(entry);
    this.rows.set(key, row);
    return row;
  }

  measure() {
    const places = new Map();
    for (const [key, row] of this.rows) {
      places.set(key, {top: row.node.getBoundingClientRect().top, width: row.fill.getBoundingClientRect().width});
    }
    return places;
  }

  glide(before) {
    const after = this.measure();
    for (const [key, row] of this.rows) {
      const from = before.get(key);
      const to = after.get(key);
      row.node.getAnimations().forEach((animation) => animation.cancel());
      if (from === undefined) {
        row.node.animate([{opacity: 0, transform: 'translateY(1rem)'}, {opacity: 1, transform: 'none'}], FADE);
        continue;
      }
      const rise = from.top - row.node.getBoundingClientRect().top;
      if (Math.abs(rise) > 0.5) {
        row.node.animate([{transform: `translateY(${rise}px)`}, {transform: 'none'}], GLIDE);
      }
      if (Math.abs(from.width - to.width) > 0.5) {
        row.fill.animate([{width: `${from.width}px`}, {width: `${to.width}px`}], GLIDE);
      }
    }
  }
}

class Row {
  constructor(entry) {
    this.rank = element('span', {class: 'rank'});
    this.who = nameNode(entry);
    this.bot = entry.bot;
    this.count = element('span', {class: 'count'});
    this.share = element('span', {class: 'share'});
    this.fill = element('span', {class: 'fill'});
    this.node = element('li', {class: 'bar'},
      this.rank,
      element('div', {class: 'bar-text'}, this.who, element('span', {class: 'numbers'}, this.count, this.share)),
      element('span', {class: 'track', 'aria-hidden': 'true'}, this.fill));
  }

  update(entry, highest) {
    if (entry.bot !== this.bot) {
      const who = nameNode(entry);
      this.who.replaceWith(who);
      this.who = who;
      this.bot = entry.bot;
    }
    this.node.classList.toggle('is-bot', entry.bot);
    setText(this.rank, integer(entry.rank));
    setText(this.count, integer(entry.count));
    setText(this.share, percent(entry.share));
    this.fill.style.width = `${(100 * entry.count) / highest}%`;
  }
}

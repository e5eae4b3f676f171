/**
 * Tells a screen reader what a glance would: what the reader chose, that a new window began, and whether
 * the connection holds. Not every new count: that would never end.
 */

import {byId, setText} from './dom.js';
import {span} from './format.js';

export class Announcer {
  constructor(model) {
    this.model = model;
    this.subject = null;
    model.subscribe(() => this.render());
  }

  render() {
    const {model} = this;
    this.renderBanner();
    const ranking = model.ranking;
    if (ranking === null || ranking.top.length === 0) {
      return;
    }
    const subject = `${ranking.dimension}|${ranking.windowStart}`;
    if (subject !== this.subject) {
      this.subject = subject;
      const when = span(new Date(ranking.windowStart), new Date(ranking.windowEnd));
      setText(byId('announcer'), `Top ${ranking.dimension}, ${when}. First: ${ranking.top[0].name}`);
    }
  }

  renderBanner() {
    const banner = byId('connection-banner');
    const lost = this.model.connected === false;
    setText(banner, !lost ? ''
      : this.model.refused ? 'All seats of this dashboard, or all for your address, are taken. What you see may be old; trying again…'
      : 'The connection to the dashboard is lost. What you see may be old; trying again…');
    banner.hidden = !lost;
  }
}

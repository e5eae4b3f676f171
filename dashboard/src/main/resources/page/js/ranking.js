/** The ranking's panel: which window, what of it, and as bars or as a table. */

import {Bars} from './bars.js';
import {byId, setText} from './dom.js';
import {integer, span, spanNode} from './format.js';
import {DIMENSIONS} from './model.js';
import {Standings} from './standings.js';
import {stateChip} from './states.js';

const DISTINCT = {users: 'users', humans: 'humans', pages: 'pages', wikis: 'wikis'};

export class RankingPanel {
  constructor(model) {
    this.model = model;
    this.bars = new Bars(byId('bars'));
    this.standings = new Standings(byId('standings'));
    this.tabs = DIMENSIONS.map((dimension) => byId(`tab-${dimension}`));
    this.tabs.forEach((tab) => {
      tab.addEventListener('click', () => model.choose({dimension: tab.dataset.dimension}));
      tab.addEventListener('keydown', (event) => this.moveBetweenTabs(event));
    });
    byId('view-bars').addEventListener('click', () => model.choose({view: 'bars'}));
    byId('view-table').addEventListener('click', () => model.choose({view: 'table'}));
    byId('back-to-live').addEventListener('click', () => {
      model.choose({window: null});
      byId('ranking').focus({preventScroll: true});
    });
    model.subscribe(() => this.render());
    setInterval(() => this.renderProgress(), 1000);
  }

  /** As in the ARIA Authoring Practices: arrows, Home and End move and choose. */
  moveBetweenTabs(event) {
    const at = this.tabs.indexOf(event.currentTarget);
    const target = {
      ArrowRight: (at + 1) % this.tabs.length,
      ArrowLeft: (at + this.tabs.length - 1) % this.tabs.length,
      Home: 0,
      End: this.tabs.length - 1,
    }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      this.tabs[target].focus();
      this.model.choose({dimension: this.tabs[target].dataset.dimension});
    }
  }

  render() {
    const {model} = this;
    const ranking = model.ranking;
    this.renderTabs();
    this.renderHead(ranking);
    byId('ranking-csv').href = `api/rankings/${model.dimension}/${model.selected ?? 'current'}.csv`;
    byId('view-bars').setAttribute('aria-pressed', String(model.view === 'bars'));
    byId('view-table').setAttribute('aria-pressed', String(model.view === 'table'));

    const filled = ranking !== null && ranking.top.length > 0;
    byId('bars').hidden = !filled || model.view !== 'bars';
    byId('standings').hidden = !filled || model.view !== 'table';
    byId('ranking-empty').hidden = filled;
    if (!filled) {
      setText(byId('ranking-empty'), this.whyEmpty(ranking));
    } else if (model.view === 'bars') {
      this.bars.render(ranking);
    } else {
      this.standings.render(ranking);
    }
    this.renderProgress();
  }

  renderTabs() {
    for (const tab of this.tabs) {
      const chosen = tab.dataset.dimension === this.model.dimension;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    byId('board').setAttribute('aria-labelledby', `tab-${this.model.dimension}`);
  }

  renderHead(ranking) {
    const {model} = this;
    const past = model.selected !== null;
    byId('ranking').classList.toggle('is-past', past);
    setText(byId('window-eyebrow'), past ? 'Window that you chose' : model.silence === null ? 'Current window' : 'Last known window');
    byId('ranking').classList.toggle('is-stale', !past && model.silence !== null);
    byId('back-to-live').hidden = !past;
    byId('figures').hidden = ranking === null;
    if (ranking === null) {
      setText(byId('window-title'), past ? 'One moment' : 'Waiting for the first window');
      return;
    }
    const start = new Date(ranking.windowStart);
    const end = new Date(ranking.windowEnd);
    if (byId('window-title').textContent !== span(start, end)) {
      byId('window-title').replaceChildren(spanNode(start, end));
    }
    setText(byId('figure-changes'), integer(ranking.changes));
    setText(byId('figure-distinct'), integer(ranking.distinct));
    setText(byId('figure-distinct-label'), DISTINCT[ranking.dimension]);
    const chip = stateChip(ranking.state);
    byId('window-state').replaceWith(chip);
    chip.id = 'window-state';
    setText(byId('standings-caption'), `Top ten ${DISTINCT[ranking.dimension]}, ${span(start, end)}`);
  }

  /** How much of the open window has passed by the server's clock. */
  renderProgress() {
    const ranking = this.model.ranking;
    const open = ranking !== null && ranking.state === 'early' && this.model.silence === null;
    byId('window-progress').hidden = !open;
    if (open) {
      const start = Date.parse(ranking.windowStart);
      const end = Date.parse(ranking.windowEnd);
      const passed = Math.min(1, Math.max(0, (this.model.now() - start) / (end - start)));
      byId('window-progress-bar').style.width = `${100 * passed}%`;
    }
  }

  whyEmpty(ranking) {
    const {model} = this;
    if (model.selected !== null) {
      return {
        missing: 'The dashboard knows no ranking for this window.',
        failed: 'This ranking could not be fetched; it will be asked for again.',
      }[model.pastProblem] ?? 'Fetching this window…';
    }
    if (ranking !== null) {
      return 'Nobody has a place in this window yet.';
    }
    switch (model.status?.rankings) {
      case undefined:
        return model.connected === false ? 'The dashboard does not answer.' : 'Connecting to the dashboard…';
      case 'connecting':
        return 'Kafka does not answer yet. As soon as it does, the rankings appear here.';
      case 'waiting':
        return 'There are no rankings yet: their topic does not exist. The rankings job creates it when it starts.';
      case 'loading':
        return 'Reading what was ranked before…';
      case 'stopped':
        return 'The dashboard no longer reads the rankings; its log says why. Start it again.';
      default:
        return 'No ranking yet. The first one comes some ten seconds after the first changes.';
    }
  }
}

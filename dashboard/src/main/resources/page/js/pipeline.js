/** General information: how far the pipeline is, what it lost, and whether its parts are well. */

import {byId, element, setText} from './dom.js';
import {decimal, duration, integer, timeNode, UNKNOWN} from './format.js';
import {WORRYING_LAG_MILLIS} from './model.js';
import {FOREIGN, partName, pulse} from './pulse.js';
import {Sparkline} from './sparkline.js';

export class PipelinePanel {
  constructor(model) {
    this.model = model;
    this.sparkline = new Sparkline(byId('sparkline'));
    this.facts = new Map();
    this.parts = new Map();
    this.shownRates = null;
    model.subscribe(() => this.render());
    setInterval(() => this.render(), 1000);
  }

  render() {
    const {status} = this.model;
    this.renderPulse();
    if (status === null) {
      return;
    }
    setText(byId('rate'), decimal(status.eventsPerSecond));
    byId('rate').classList.toggle('is-unknown', status.eventsPerSecond === null);
    if (this.shownRates !== status.recentEventsPerSecond) {
      this.shownRates = status.recentEventsPerSecond;
      this.sparkline.render(this.shownRates);
    }
    this.renderFacts(status);
    this.renderParts(status);
  }

  renderPulse() {
    const {source} = this.model;
    const {health, words} = pulse(this.model);
    byId('pulse').dataset.health = health;
    byId('pulse').title = this.model.status?.trouble?.detail ?? '';
    setText(byId('pulse-word'), words);
    byId('source').hidden = !(source in FOREIGN);
    setText(byId('source'), FOREIGN[source] ?? '');
  }

  renderFacts(status) {
    const streamTime = moment(status.bridge.streamTime);
    const watermark = moment(status.watermark);
    const now = this.model.now();
    const lag = this.model.lag;
    this.fact('Stream time', 'The time of the newest change that came from the stream', momentNode(streamTime));
    this.fact('Watermark', 'Up to here the rankings are complete, but for stragglers', momentNode(watermark));
    this.fact('Behind real time', 'From the newest change to now', lag === null ? UNKNOWN : duration(lag), lag > WORRYING_LAG_MILLIS);
    this.fact('Last ranking', 'When the newest ranking was computed', ago(moment(status.rankedAt), now));
    this.fact('Late', 'Changes that came too late for their window; they are in the lake, but not in the rankings', integer(status.kafka.late));
    this.fact('Dead letters', 'Records that could not be used', integer(status.kafka.deadLetters), status.kafka.deadLetters > 0);
    this.fact('Gaps', 'Changes that the stream left out, by its own numbering', integer(status.bridge.gaps), status.bridge.gaps > 0);
    this.fact('Repeats', 'Changes that the stream sent again and the bridge dropped', integer(status.bridge.repeats));
  }

  fact(name, meaning, value, worrying = false) {
    let fact = this.facts.get(name);
    if (fact === undefined) {
      fact = element('dd');
      this.facts.set(name, fact);
      byId('facts').append(element('div', {title: meaning}, element('dt', {}, name), fact));
    }
    const text = typeof value === 'string' ? value : value.textContent;
    if (fact.textContent !== text) {
      fact.replaceChildren(value);
    }
    fact.classList.toggle('is-unknown', text === UNKNOWN);
    fact.classList.toggle('is-worrying', worrying);
  }

  renderParts(status) {
    const now = this.model.now();
    this.part(partName('bridge'), status.bridge, null);
    this.part(partName('kafka'), status.kafka, null);
    for (const job of status.jobs) {
      const checkpoint = moment(job.lastCheckpoint);
      this.part(partName(job.name), job, checkpoint === null
        ? (job.health === 'healthy' ? 'no checkpoint yet' : null)
        : `checkpoint ${duration(now - checkpoint)} ago`);
    }
  }

  part(name, {health, word, detail}, note) {
    let part = this.parts.get(name);
    if (part === undefined) {
      part = {word: element('span', {class: 'part-word'}), note: element('span', {class: 'part-note'})};
      part.node = element('li', {},
        element('span', {class: 'dot', 'aria-hidden': 'true'}),
        element('span', {class: 'part-name'}, name),
        part.word,
        part.note);
      this.parts.set(name, part);
      byId('parts').append(part.node);
    }
    part.node.dataset.health = health;
    part.node.title = detail;
    setText(part.word, word);
    setText(part.note, health === 'healthy' ? (note ?? '') : detail);
  }
}

const moment = (text) => (text === null ? null : new Date(text));
const momentNode = (date) => (date === null ? UNKNOWN : timeNode(date));
const ago = (date, now) => (date === null ? UNKNOWN : `${duration(now - date)} ago`);

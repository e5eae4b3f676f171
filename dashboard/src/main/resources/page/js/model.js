/**
 * What the page knows and what the reader chose. Views subscribe; all changes within one frame are
 * shown together.
 */

const CHART_SPAN_MILLIS = 24 * 3600 * 1000;

/** Wikipedia is never silent for so long; what is shown after that is the last that is known. */
const SILENCE_MILLIS = 30_000;

/** A stream that is further behind than this is worth a warning. */
export const WORRYING_LAG_MILLIS = 120_000;

export const DIMENSIONS = ['users', 'humans', 'pages', 'wikis'];

export class Model {
  constructor() {
    this.connected = null;
    /** Whether the server answers, but has no seat for this page. */
    this.refused = false;
    this.status = null;
    this.clockOffset = 0;
    /** The kind of source of what is shown, as the bridge last said; null before it has. */
    this.source = null;
    /** The newest ranking by dimension. */
    this.current = new Map();
    /** Window summaries by start, in order of arrival. */
    this.windows = new Map();
    this.dimension = 'users';
    /** The start of the window that the reader chose; null for the current one. */
    this.selected = null;
    /** The ranking of the selected window, once it is here. */
    this.past = null;
    /** Why it is not here: null while it is on its way, else 'missing' or 'failed'. */
    this.pastProblem = null;
    this.view = 'bars';
    this.subscribers = [];
    this.scheduled = false;
    this.loading = null;
  }

  subscribe(render) {
    this.subscribers.push(render);
  }

  changed() {
    if (!this.scheduled) {
      this.scheduled = true;
      requestAnimationFrame(() => {
        this.scheduled = false;
        this.subscribers.forEach((render) => render(this));
      });
    }
  }

  /** The server's clock. */
  now() {
    return new Date(Date.now() + this.clockOffset);
  }

  /** For how long nothing has come, in milliseconds; null if something came just now, or never. */
  get silence() {
    const newsAt = this.status?.newsAt ?? null;
    const millis = newsAt === null ? 0 : this.now() - Date.parse(newsAt);
    return millis > SILENCE_MILLIS ? millis : null;
  }

  /** How far the newest change is behind now, in milliseconds; null while unknown. */
  get lag() {
    const streamTime = this.status?.bridge.streamTime ?? null;
    return streamTime === null ? null : this.now() - Date.parse(streamTime);
  }

  /** A replay is of long ago, so it never is. */
  get isCatchingUp() {
    return this.source !== 'replay' && this.lag > WORRYING_LAG_MILLIS;
  }

  /** The ranking to show; null when there is none yet. */
  get ranking() {
    return this.selected === null ? (this.current.get(this.dimension) ?? null) : this.past;
  }

  /** Windows, oldest first. */
  get sortedWindows() {
    return [...this.windows.values()].sort((a, b) => a.startMillis - b.startMillis);
  }

  receive(type, data) {
    if (type === 'ranking') {
      this.current.set(data.dimension, data);
    } else if (type === 'window') {
      this.receiveWindow(data);
    } else {
      this.status = data;
      this.source = data.bridge.source ?? this.source;
      this.clockOffset = Date.parse(data.at) - Date.now();
    }
    this.changed();
  }

  receiveWindow(summary) {
    const startMillis = Date.parse(summary.start);
    const endMillis = Date.parse(summary.end);
    this.windows.set(summary.start, {...summary, startMillis, endMillis});
    let newest = -Infinity;
    for (const window of this.windows.values()) {
      newest = Math.max(newest, window.startMillis);
    }
    for (const [start, window] of this.windows) {
      // Windows of another length are of another job, or of a time when it had other options.
      const isOther = window.endMillis - window.startMillis !== endMillis - startMillis;
      if (isOther || window.startMillis < newest - CHART_SPAN_MILLIS) {
        this.windows.delete(start);
      }
    }
    if (this.selected === summary.start && this.past !== null) {
      this.load();
    }
  }

  setConnected(connected, refused = false) {
    this.connected = connected;
    this.refused = refused;
    if (connected && this.pastProblem === 'failed') {
      this.load();
    }
    this.changed();
  }

  /** Shows another dimension, or another window; null for the current one. */
  choose({dimension = this.dimension, window = this.selected, view = this.view}) {
    const reload = window !== null && (dimension !== this.dimension || window !== this.selected);
    this.dimension = dimension;
    this.selected = window;
    this.view = view;
    if (reload) {
      this.past = null;
      this.pastProblem = null;
      this.load();
    }
    this.changed();
  }

  /** Asks for the ranking of the selected window; an answer that nobody waits for any more is dropped. */
  async load() {
    this.loading?.abort();
    const request = new AbortController();
    this.loading = request;
    try {
      const response = await fetch(`api/rankings/${this.dimension}/${encodeURIComponent(this.selected)}`, {signal: request.signal});
      this.past = response.ok ? await response.json() : null;
      this.pastProblem = response.ok ? null : 'missing';
    } catch (error) {
      if (error.name === 'AbortError') {
        return;
      }
      // The connection is lost; asked again when it is back.
      this.pastProblem = 'failed';
    }
    this.changed();
  }
}

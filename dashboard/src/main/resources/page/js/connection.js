/**
 * The stream of events from the server. The browser reconnects after a cut by itself; this adds what
 * it leaves out: it comes back after a refusal (503) too, notices a connection that is silent, and lets
 * go of the connection while the page is hidden, for a browser has only six per server.
 */

const EVENTS = ['ranking', 'window', 'status'];

/** The server sends a status every few seconds: a longer silence means that the connection is dead. */
const SILENCE_MILLIS = 20_000;

/** What the server answers when as many clients are connected as may be. */
const NO_SEAT = 503;

const HIDDEN_MILLIS = 60_000;
const FIRST_RETRY_MILLIS = 2_000;
const LONGEST_RETRY_MILLIS = 30_000;

export class Connection {
  /**
   * @param {function(string, object): void} onEvent called with an event's type and data
   * @param {function(boolean, boolean=): void} onState called with whether the connection is up, and
   *   whether the server has no seat for it
   */
  constructor(onEvent, onState) {
    this.onEvent = onEvent;
    this.onState = onState;
    this.lastId = null;
    this.retryMillis = FIRST_RETRY_MILLIS;
    this.source = null;
    this.timers = {silence: 0, retry: 0, hidden: 0};
    document.addEventListener('visibilitychange', () => this.visibilityChanged());
  }

  open() {
    this.close();
    const after = this.lastId === null ? '' : `?after=${encodeURIComponent(this.lastId)}`;
    const source = new EventSource(`api/events${after}`);
    this.source = source;
    source.addEventListener('open', () => {
      this.retryMillis = FIRST_RETRY_MILLIS;
      this.onState(true);
      this.heard();
    });
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) {
        this.reopenLater();
        this.sayWhy();
      } else {
        this.onState(false);
      }
    });
    for (const type of EVENTS) {
      source.addEventListener(type, (event) => {
        this.lastId = event.lastEventId;
        this.heard();
        this.onEvent(type, JSON.parse(event.data));
      });
    }
    this.heard();
  }

  /** An EventSource does not tell with which status it was answered. */
  async sayWhy() {
    const request = new AbortController();
    let refused = false;
    try {
      const response = await fetch('api/events', {signal: request.signal});
      refused = response.status === NO_SEAT;
      request.abort();
    } catch {
      // There is no server: the connection is lost.
    }
    if (this.source === null) {
      this.onState(false, refused);
    }
  }

  close() {
    clearTimeout(this.timers.silence);
    clearTimeout(this.timers.retry);
    this.source?.close();
    this.source = null;
  }

  heard() {
    clearTimeout(this.timers.silence);
    this.timers.silence = setTimeout(() => {
      this.onState(false);
      this.open();
    }, SILENCE_MILLIS);
  }

  reopenLater() {
    this.close();
    // Spread out, so that not all browsers come back at the same moment.
    const pause = this.retryMillis * (0.75 + Math.random() / 2);
    this.retryMillis = Math.min(this.retryMillis * 2, LONGEST_RETRY_MILLIS);
    this.timers.retry = setTimeout(() => this.open(), pause);
  }

  visibilityChanged() {
    clearTimeout(this.timers.hidden);
    if (document.hidden) {
      this.timers.hidden = setTimeout(() => this.close(), HIDDEN_MILLIS);
    } else if (this.source === null) {
      this.open();
    }
  }
}

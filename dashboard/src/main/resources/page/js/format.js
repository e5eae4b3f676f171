/** Numbers and times in the reader's locale. */

import {element} from './dom.js';

const integers = new Intl.NumberFormat();
const decimals = new Intl.NumberFormat(undefined, {maximumFractionDigits: 1});
const percents = new Intl.NumberFormat(undefined, {style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1});
const hourMinute = new Intl.DateTimeFormat(undefined, {hour: 'numeric', minute: '2-digit'});
const hourMinuteSecond = new Intl.DateTimeFormat(undefined, {hour: 'numeric', minute: '2-digit', second: '2-digit'});
const weekday = new Intl.DateTimeFormat(undefined, {weekday: 'short'});

export const UNKNOWN = 'unknown';

export const integer = (value) => (value === null ? UNKNOWN : integers.format(value));
export const decimal = (value) => (value === null ? UNKNOWN : decimals.format(value));
export const percent = (share) => percents.format(share);
export const clock = (date) => hourMinute.format(date);
export const clockWithSeconds = (date) => hourMinuteSecond.format(date);

/** `2026-11-23 18:40:00 UTC` */
export const utc = (date) => date.toISOString().slice(0, 19).replace('T', ' ') + ' UTC';

const isSameDay = (one, other) => one.toDateString() === other.toDateString();

/** A window's span; with the day of the week unless it began today. */
export function span(start, end) {
  // Over midnight the range would be spelt out with both dates.
  const hours = isSameDay(start, end) ? hourMinute.formatRange(start, end) : `${clock(start)} – ${clock(end)}`;
  return isSameDay(start, new Date()) ? hours : `${weekday.format(start)} ${hours}`;
}

/** A span as a node with UTC on hover. */
export function spanNode(start, end) {
  return element('time', {datetime: start.toISOString(), title: `${utc(start)} – ${utc(end)}`}, span(start, end));
}

/** A moment as a node with UTC on hover. */
export function timeNode(date) {
  return element('time', {datetime: date.toISOString(), title: utc(date)}, clockWithSeconds(date));
}

/** A duration in its two largest units: `8 s`, `3 min 20 s`, `2 h 5 min`, `4 d 3 h`. */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0) {
    return '0 s';
  }
  let rest = seconds;
  return units.slice(first, first + 2)
    .map(([name, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count > 0 ? `${integers.format(count)} ${name}` : null;
    })
    .filter(Boolean)
    .join(' ');
}

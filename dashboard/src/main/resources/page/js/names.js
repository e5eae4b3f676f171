/** Shows what strangers wrote: as text, in its own direction, and never as nothing. */

import {element} from './dom.js';

const INVISIBLE = /^[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u;

/** The name, or, if nothing of it could be seen, its code points. */
function visible(name) {
  if (!INVISIBLE.test(name)) {
    return {text: name, replaced: false};
  }
  const points = [...name].map((point) => 'U+' + point.codePointAt(0).toString(16).toUpperCase().padStart(4, '0'));
  const text = points.length === 0 ? 'empty name' : points.slice(0, 6).join(' ') + (points.length > 6 ? ' …' : '');
  return {text, replaced: true};
}

/** Only what the server built: https, on a host that it knows. */
const isSafe = (url) => typeof url === 'string' && url.startsWith('https://');

/** An entry's name, linked where there is a page to read, and for pages with the wiki's host. */
export function nameNode(entry) {
  const {text, replaced} = visible(entry.name);
  const name = element('bdi', {class: replaced ? 'name replaced' : 'name', title: entry.name}, text);
  const linked = isSafe(entry.url)
    ? element('a', {href: entry.url, rel: 'noopener noreferrer', target: '_blank'}, name)
    : name;
  const site = entry.wiki === null ? (entry.host ?? null) : (entry.host ?? entry.wiki);
  return element('span', {class: 'who'},
    linked,
    entry.bot ? element('span', {class: 'bot', title: 'Most of its changes carry the bot flag'}, 'bot') : null,
    site !== null && site !== entry.name ? element('bdi', {class: 'site', title: site}, site) : null);
}

/** Tells entries apart: the same title in two wikis is two pages. */
export const keyOf = (entry) => `${entry.wiki ?? ''}\u0000${entry.name}`;

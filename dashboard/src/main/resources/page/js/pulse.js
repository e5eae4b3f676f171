/** How things are, in one line: the first of these that is true is what the reader has to know. */

import {duration} from './format.js';

/** What is said of events that are not Wikipedia's of now, as long as the page is open. */
export const FOREIGN = {simulated: 'Simulated events', replay: 'Replayed events'};

const PART_NAMES = {bridge: 'Bridge', kafka: 'Kafka', 'wikiflow-archive': 'Archive job', 'wikiflow-rankings': 'Rankings job'};

export const partName = (part) => PART_NAMES[part] ?? part;

export function pulse(model) {
  const {connected, refused, status, source, silence} = model;
  if (connected === false) {
    return refused ? is('unhealthy', 'All seats are taken') : is('unhealthy', 'Connection lost');
  }
  if (connected === null) {
    return is('unknown', 'Connecting');
  }
  if (status === null) {
    return is('unknown', 'Connected');
  }
  if (status.trouble !== null) {
    const {part, word, since} = status.trouble;
    return is('unhealthy', `${partName(part)} ${word} for ${duration(model.now() - Date.parse(since))}`);
  }
  if (silence !== null) {
    return is('unknown', `Nothing new for ${duration(silence)}`);
  }
  if (status.rankedAt === null) {
    return is('unknown', 'Waiting for data');
  }
  if (model.isCatchingUp) {
    return is('unknown', `Catching up, ${duration(model.lag)} behind`);
  }
  return is('healthy', source in FOREIGN ? 'Running' : 'Live');
}

const is = (health, words) => ({health, words});

/** Wires the page together: connection -> model -> views. */

import {keepInAddress} from './address.js';
import {Announcer} from './announcer.js';
import {Connection} from './connection.js';
import {Model} from './model.js';
import {PipelinePanel} from './pipeline.js';
import {RankingPanel} from './ranking.js';
import {WindowsPanel} from './windows.js';

const model = new Model();
new RankingPanel(model);
new WindowsPanel(model);
new PipelinePanel(model);
new Announcer(model);
keepInAddress(model);
model.changed();

const connection = new Connection(
  (type, data) => model.receive(type, data),
  (connected, refused) => model.setConnected(connected, refused));
connection.open();

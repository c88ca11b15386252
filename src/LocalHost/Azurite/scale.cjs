'use strict';

// Loaded into Azurite's process before Azurite, for those who have a fleet of 100,000 devices on their machine: what its store
// does for each request, and every five seconds, must not grow with the data.
const { createRequire } = require('node:module');

const Loki = createRequire(process.argv[1])('lokijs');

// Each row, also one that is to be written, is looked up by RowKey and then by PartitionKey; in our tables nearly all rows of a
// kind have the same RowKey, so that each lookup passed over all devices. Asked the other way round, the row is the same.
const { findOne } = Loki.Collection.prototype;
Loki.Collection.prototype.findOne = function (query) {
  return findOne.call(this, query?.PartitionKey === undefined ? query : { PartitionKey: query.PartitionKey, ...query });
};

// Whenever anything has changed, everything is saved, and nothing is answered meanwhile: seconds, with much data. A save that took
// a second is followed by nine in which there is none. The last one, when Azurite ends, is made in any case.
const share = 0.1;
const ready = new WeakMap(); // when each database may be saved again, in ms of performance.now()
const { autosaveDirty, saveDatabaseInternal } = Loki.prototype;
Loki.prototype.autosaveDirty = function () {
  return performance.now() >= (ready.get(this) ?? 0) && autosaveDirty.call(this);
};
Loki.prototype.saveDatabaseInternal = function (callback) {
  const start = performance.now();
  saveDatabaseInternal.call(this, callback && ((...args) => {
    const end = performance.now();
    ready.set(this, end + (end - start) * (1 / share - 1));
    callback(...args);
  }));
};

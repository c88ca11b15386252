'use strict';

// Loaded into Azurite's process before Azurite. Every five seconds, when anything has changed, it saves everything that it has, and
// answers nothing meanwhile: seconds, with 100,000 devices. Here, a save that took a second is followed by nine in which there is
// none; the last one, when Azurite ends, is made in any case.
const { createRequire } = require('node:module');

const Loki = createRequire(process.argv[1])('lokijs');

const share = 0.1; // of the time
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

'use strict';

// Loaded into Azurite's process before Azurite. Every five seconds, when anything has changed, it saves everything that it has, and
// answers nothing meanwhile: seconds, with 100,000 devices. Here, a save that took a second is followed by nine in which there is
// none, unless Azurite ends.
const { createRequire } = require('node:module');

const Loki = createRequire(process.argv[1])('lokijs');

const share = 0.1; // of the time
const { saveDatabaseInternal } = Loki.prototype;
Loki.prototype.saveDatabaseInternal = function (callback) {
  const start = performance.now();
  saveDatabaseInternal.call(this, (...args) => {
    this.ignoreAutosave = true; // heeded every five seconds only, not at the end
    setTimeout(() => (this.ignoreAutosave = false), (performance.now() - start) * (1 / share - 1)).unref();
    callback(...args);
  });
};

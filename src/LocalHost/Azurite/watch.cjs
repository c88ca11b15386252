'use strict';

// Loaded into Azurite's process before Azurite. Azurite saves its data on the first SIGTERM and dies of the second; this file
// asks it to stop exactly once: when standard input ends, which is when LocalHost closes it or is no more.
const fs = require('node:fs');
const { Server } = require('node:http');

// A server that closes waits for connections on which nothing was asked yet; whoever opened one may never ask.
const patience = 1000; // ms
const close = Server.prototype.close;
Server.prototype.close = function (...args) {
  setTimeout(() => this.closeAllConnections(), patience).unref();
  return close.apply(this, args);
};

const pidFile = process.env.MURANO_AZURITE_PID_FILE;
const started = Math.round(Date.now() - process.uptime() * 1000);
fs.writeFileSync(pidFile, JSON.stringify({ pid: process.pid, started }));
process.on('exit', () => fs.rmSync(pidFile, { force: true }));

// LocalHost may be gone: what nobody reads any more must not end a save that is under way.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => { stopping = true; });
}

// Azurite listens for the signal only at the end of its start.
process.on('newListener', (event) => {
  if (event === 'SIGTERM' && stopping) {
    setImmediate(() => process.emit('SIGTERM'));
  }
});

function stop() {
  fs.rmSync(process.env.MURANO_RUN_FILE, { force: true }); // a LocalHost that was killed cannot do it
  if (!stopping) {
    stopping = true;
    process.emit('SIGTERM');
  }
}

process.stdin.on('end', stop).on('close', stop).on('error', stop).resume();
process.stdin.unref();

'use strict';

// Runs as a child of LocalHost and only hands on: what it starts lives in a session of its own, so that neither Ctrl-C in the
// terminal nor a kill of LocalHost's process group reaches it, and shares our standard streams, so that it sees LocalHost end.
const { spawn } = require('node:child_process');

spawn(process.execPath, process.argv.slice(2), { detached: true, stdio: 'inherit', windowsHide: true }).unref();

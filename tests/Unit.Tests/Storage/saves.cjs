'use strict';

// A database of Azurite's, whose store is Loki, changes all the time, and takes a second to save: prints how often it was saved
// after five, ten and fifteen seconds, and at its end.
const { mock } = require('node:test');
const Loki = require('lokijs');

mock.timers.enable({ apis: ['setInterval', 'setTimeout'] });
let time = 0;
performance.now = () => time;

let saves = 0;
const adapter = {
  saveDatabase(name, text, callback) {
    saves++;
    time += 1000;
    callback();
  },
};
const table = new Loki('table', { adapter, autosave: true, autosaveInterval: 5000 });
const rows = table.addCollection('rows');

const counts = [];
const change = (then) => {
  rows.insert({});
  then();
  mock.timers.tick(1); // what waited for the save is told in the next round
  counts.push(saves);
};
for (let i = 0; i < 3; i++) {
  change(() => mock.timers.tick(5000));
}
change(() => table.close());
console.log(JSON.stringify(counts));

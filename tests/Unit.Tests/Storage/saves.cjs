'use strict';

// When a database of Azurite's, whose store is Loki, is saved: prints whether it is due at some times, and how often it was saved.
const Loki = require('lokijs');

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
const table = new Loki('table', { adapter });
const rows = table.addCollection('rows');

const save = () => new Promise((done) => table.saveDatabase(done));
const isDue = () => {
  rows.insert({});
  return table.autosaveDirty();
};

(async () => {
  const due = [isDue()];
  await save();
  due.push(table.autosaveDirty(), isDue());
  time += 8999;
  due.push(isDue());
  await save(); // as when it ends
  time += 9000;
  due.push(isDue());
  console.log(JSON.stringify({ due, saves }));
})();

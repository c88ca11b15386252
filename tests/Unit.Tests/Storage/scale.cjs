'use strict';

// What a table of Azurite's, whose store is Loki, costs: prints how many keys were read for lookups, what was found, and when it is saved.
const Loki = require('lokijs');
const { default: Store } = require('azurite/dist/src/table/persistence/LokiTableMetadataStore');

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
const rows = table.addCollection('rows', { indices: ['PartitionKey', 'RowKey'] });
let reads = 0;
for (let i = 0; i < 1000; i++) {
  const row = { number: i, RowKey: 'device' };
  Object.defineProperty(row, 'PartitionKey', { enumerable: true, get: () => (reads++, `d-${i}`) });
  rows.insert(row);
}

const find = (partition, row) => Store.prototype.queryTableEntitiesWithPartitionAndRowKey.call({ getEntityCollection: () => rows }, {}, 'table', 'account', partition, row);

const lookUp = async () => {
  await find('d-0', 'device'); // which sorts
  reads = 0;
  const found = [await find('d-7', 'device'), await find('d-7', 'fence'), await find('d-1000', 'device')];
  return { reads, found: found.map((row) => row?.number ?? null), other: rows.findOne({ RowKey: 'device', number: 5 }).number };
};

const save = () => new Promise((done) => table.saveDatabase(done));
const isDue = () => {
  rows.insert({ PartitionKey: `more-${time}`, RowKey: 'device' });
  return table.autosaveDirty();
};

const watch = async () => {
  const due = [isDue()];
  await save();
  due.push(table.autosaveDirty(), isDue());
  time += 8999;
  due.push(isDue());
  await save(); // as when it ends
  time += 9000;
  due.push(isDue());
  return { due, saves };
};

lookUp().then(async (looks) => console.log(JSON.stringify({ ...looks, ...(await watch()) })));

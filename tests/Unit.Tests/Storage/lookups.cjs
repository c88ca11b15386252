'use strict';

// What a lookup costs in a table of Azurite's, whose store is Loki: prints how many keys were read for it, and what was found.
const Loki = require('lokijs');
const { default: Store } = require('azurite/dist/src/table/persistence/LokiTableMetadataStore');

const rows = new Loki('table').addCollection('rows', { indices: ['PartitionKey', 'RowKey'] });
let reads = 0;
for (let i = 0; i < 1000; i++) {
  const row = { number: i, RowKey: 'device' };
  Object.defineProperty(row, 'PartitionKey', { enumerable: true, get: () => (reads++, `d-${i}`) });
  rows.insert(row);
}

const find = (partition, row) => Store.prototype.queryTableEntitiesWithPartitionAndRowKey.call({ getEntityCollection: () => rows }, {}, 'table', 'account', partition, row);

find('d-0', 'device') // which sorts
  .then(() => (reads = 0))
  .then(() => Promise.all([find('d-7', 'device'), find('d-7', 'fence'), find('d-1000', 'device')]))
  .then((found) => console.log(JSON.stringify({ reads, found: found.map((row) => row?.number ?? null), other: rows.findOne({ RowKey: 'device', number: 5 }).number })));

'use strict';

// Azurite's store of tables, with rows whose order has nothing to do with their keys, is asked for pages: prints the pages of each query,
// and how many rows were sorted at once, at most.
const { createRequire } = require('node:module');
const { default: Store } = createRequire(process.argv[1])('azurite/dist/src/table/persistence/LokiTableMetadataStore.js');

const account = 'account';
const table = 'table';
const count = 3000;

let longest = 0;
const { sort } = Array.prototype;
Array.prototype.sort = function (...args) {
  longest = Math.max(longest, this.length);
  return sort.apply(this, args);
};

const pagesOf = async (store, filter, top) => {
  const pages = [];
  let from = [];
  do {
    const [rows, ...next] = await store.queryTableEntities({}, account, table, { filter, top }, ...from);
    pages.push(rows.map((row) => `${row.PartitionKey} ${row.RowKey}`));
    from = next;
  } while (from[0] !== undefined || from[1] !== undefined);
  return pages;
};

(async () => {
  const store = new Store('none.json', true);
  await store.init();
  await store.createTable({}, { account, table });
  for (let i = 0; i < count; i++) {
    const scattered = (i * 7919) % count;
    const [PartitionKey, RowKey] = [`p${scattered % 3}`, `row ${scattered} ü`];
    await store.insertTableEntity({}, table, account, { PartitionKey, RowKey, properties: { PartitionKey, RowKey } });
  }
  const asked = [
    [undefined, undefined],
    ["(PartitionKey eq 'p2') and (RowKey lt 'row 12')", 1],
    ["PartitionKey eq 'p1'", 100],
    ["(PartitionKey ge 'p1') and (RowKey lt 'row 2')", 7],
    ["PartitionKey eq 'none'", 10],
  ];
  const answers = [];
  for (const [filter, top] of asked) {
    longest = 0;
    const pages = await pagesOf(store, filter, top);
    answers.push({ pages, longest });
  }
  console.log(JSON.stringify(answers));
})();

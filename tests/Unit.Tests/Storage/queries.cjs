'use strict';

// Azurite's store of tables is asked for rows that were made, changed and removed in no order of their keys: prints the pages of each
// query, or why it is refused, and how many rows were looked at for it.
const { default: Store } = require('azurite/dist/src/table/persistence/LokiTableMetadataStore.js');
const { default: Generator } = require('azurite/dist/src/table/persistence/LokiTableStoreQueryGenerator.js');

const account = 'account';
const count = 1500;
const numbers = ['', '1e1', '9', '010', 'Infinity', 'a', 'B'];

let looks = 0;
const { generateQueryForPersistenceLayer } = Generator;
Generator.generateQueryForPersistenceLayer = (...args) => {
  const matches = generateQueryForPersistenceLayer(...args);
  return (row) => {
    looks++;
    return matches(row);
  };
};

/** Rows of which a third is removed and another third is written again. */
const fill = async (store, table, partitionOf) => {
  await store.createTable({}, { account, table });
  const rowOf = (number) => {
    const [PartitionKey, RowKey] = [partitionOf(number), `row ${number} ü`];
    return { PartitionKey, RowKey, properties: { PartitionKey, RowKey, Odd: number % 2 === 1 }, eTag: '*' };
  };
  for (let i = 0; i < count; i++) {
    await store.insertTableEntity({}, table, account, rowOf((i * 7919) % count), '');
  }
  for (let i = 0; i < count; i += 3) {
    const { PartitionKey, RowKey } = rowOf(i);
    await store.deleteTableEntity({}, table, account, PartitionKey, RowKey, '*', '');
  }
  for (let i = 1; i < count; i += 3) {
    await store.insertOrUpdateTableEntity({}, table, account, rowOf(i), undefined, '');
  }
};

const pagesOf = async (store, table, filter, top) => {
  const pages = [];
  let next = [];
  do {
    const [rows, ...from] = await store.queryTableEntities({}, account, table, { filter, top }, ...next);
    pages.push(rows.map((row) => `${row.PartitionKey} ${row.RowKey}`));
    next = from;
  } while (next[0] !== undefined || next[1] !== undefined);
  return pages;
};

// The same numbers in each run.
let seed = 1;
const random = (below) => {
  seed = (seed * 48271) % 2147483647;
  return seed % below;
};
const oneOf = (items) => items[random(items.length)];

const conditionOf = (keys) => {
  const condition = oneOf([
    () => `PartitionKey ${oneOf(['eq', 'ge', 'gt', 'le', 'lt', 'ne'])} '${oneOf(keys)}'`,
    () => `RowKey ${oneOf(['ge', 'gt', 'le', 'lt'])} 'row ${random(count)}'`,
    () => `'${oneOf(keys)}' ${oneOf(['ge', 'lt'])} PartitionKey`,
    () => `Odd eq ${oneOf(['true', 'false'])}`,
  ])();
  return random(6) === 0 ? `not (${condition})` : `(${condition})`;
};
const filterOf = (keys) => Array.from({ length: 1 + random(4) }, () => conditionOf(keys)).reduce((one, other) => `(${one} ${oneOf(['and', 'and', 'and', 'or'])} ${other})`);

(async () => {
  const store = new Store('none.json', true);
  await store.init();
  await store.createTable({}, { account, table: 'empty' });
  await fill(store, 'plain', (number) => `p${number % 40}`);
  await fill(store, 'single', (number) => `p${number}`);
  await fill(store, 'numbers', (number) => numbers[number % numbers.length]);
  const asked = [
    ['single', undefined, undefined],
    ['single', '', 1],
    ['single', "(PartitionKey gt 'p2') and (PartitionKey lt 'p3')", 50],
    ['plain', "PartitionKey eq 'p7'", 20],
    ['numbers', "PartitionKey ge '9'", 500],
    ['plain', "PartitionKey eq 'none'", 10],
    ['empty', "PartitionKey eq 'none'", 10],
    ['plain', "PartitionKey eq", 10],
    ['plain', "'a' eq 'a'", 10],
    ['none', "PartitionKey eq 'none'", 10],
  ];
  for (let i = 0; i < 200; i++) {
    const [table, keys] = oneOf([
      ['plain', ['p1', 'p10', 'p2', 'p39', 'p', 'q', '']],
      ['single', ['p1', 'p10', 'p2', 'p1499', 'p', 'q', '']],
      ['numbers', [...numbers, '10']],
    ]);
    asked.push([table, filterOf(keys), oneOf([undefined, 20, 100])]);
  }
  const answers = [];
  for (const [table, filter, top] of asked) {
    looks = 0;
    let pages;
    try {
      pages = await pagesOf(store, table, filter, top);
    } catch (refusal) {
      pages = [[`${refusal.statusCode} ${refusal.storageErrorCode}`]];
    }
    answers.push({ asked: [table, filter ?? '', String(top)], pages, looks });
  }
  console.log(JSON.stringify(answers));
})();

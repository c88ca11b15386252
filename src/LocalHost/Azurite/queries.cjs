'use strict';

// Loaded into Azurite's process before Azurite. Each query there passes over the whole table and sorts all that it matches, 100,000
// rows for a page of a thousand. Here, rows are looked at in the order of their partitions, from the first one that can match until
// the page is full. Which of them match, and in what order they are answered, is still said by Azurite.
const { createRequire } = require('node:module');

const load = createRequire(process.argv[1]);
const { default: Store } = load('azurite/dist/src/table/persistence/LokiTableMetadataStore.js');
const { default: parse } = load('azurite/dist/src/table/persistence/QueryInterpreter/QueryParser.js');

/** The conditions of a filter that all have to be met. */
const conditionsOf = (node) => (node.name === 'and' ? [...conditionsOf(node.left), ...conditionsOf(node.right)] : [node]);

/** The partition keys, both included, outside of which nothing can match; undefined = no limit. */
const limitsOf = (filter, next) => {
  const limits = { low: next, high: undefined };
  for (const { name, left, right } of filter ? conditionsOf(parse(filter)) : []) {
    const key = left?.identifier === 'PartitionKey' && right.name === 'constant' ? right.value : undefined;
    if (typeof key === 'string') {
      if (['eq', 'ge', 'gt'].includes(name) && !(key < limits.low)) {
        limits.low = key;
      }
      if (['eq', 'le', 'lt'].includes(name) && !(key > limits.high)) {
        limits.high = key;
      }
    }
  }
  return limits;
};

/** Takes the place of Loki's set of results, in the words that Azurite's query uses. */
class Walk {
  conditions = [];

  /** All rows, their places in order of partition keys, and the limits. */
  constructor(rows, order, { low, high }) {
    Object.assign(this, { rows, order, low, high });
  }

  where(condition) {
    this.conditions.push(condition);
    return this;
  }

  sort(compare) {
    this.compare = compare;
    return this;
  }

  limit(count) {
    this.count = count;
    return this;
  }

  data() {
    const found = [];
    for (let i = this.start(); i < this.order.length; i++) {
      const row = this.rows[this.order[i]];
      // Within a partition rows are in no order.
      if (row.PartitionKey > this.high || (found.length >= this.count && row.PartitionKey > found.at(-1).PartitionKey)) {
        break;
      }
      if (this.conditions.every((matches) => matches(row))) {
        found.push(row);
      }
    }
    return found.sort(this.compare).slice(0, this.count);
  }

  /** Where the first row is that is not before the limit. */
  start() {
    let [from, to] = [0, this.order.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.rows[this.order[middle]].PartitionKey < this.low) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}

const { queryTableEntities } = Store.prototype;
Store.prototype.queryTableEntities = async function (context, account, table, options, nextPartitionKey, nextRowKey) {
  let store = this;
  const { data: rows, binaryIndices } = this.getEntityCollection(account, table, context);
  const order = binaryIndices.PartitionKey.values;
  // Loki has keys that are numbers in the order of numbers, before all others.
  if (order.length > 0 && Number.isNaN(Number(rows[order[0]].PartitionKey))) {
    try {
      const limits = limitsOf(options.filter, this.decodeContinuationHeader(nextPartitionKey));
      store = Object.create(this, { getEntityCollection: { value: () => ({ chain: () => new Walk(rows, order, limits) }) } });
    } catch {
      // A filter that Azurite refuses.
    }
  }
  return queryTableEntities.call(store, context, account, table, options, nextPartitionKey, nextRowKey);
};

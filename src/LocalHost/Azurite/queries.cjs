'use strict';

// Loaded into Azurite's process before Azurite. Of a query that matches 100,000 rows it sorts all, to answer with the first thousand.
// Here, what cannot be among these is left out before.
const { createRequire } = require('node:module');

const load = createRequire(process.argv[1]); // Azurite's own packages and modules
const { Resultset } = load('lokijs');
const { default: Store } = load('azurite/dist/src/table/persistence/LokiTableMetadataStore.js');

/** The first of some items in an order, as sorting all would have them. */
const firstOf = (items, count, compare) => {
  const kept = [];
  let last; // of the first ones among those seen before
  for (const item of items) {
    if (last === undefined || compare(item, last) < 0) {
      kept.push(item);
    }
    if (kept.length === 2 * count) {
      kept.sort(compare).length = count;
      last = kept.at(-1);
    }
  }
  return kept.sort(compare).slice(0, count);
};

let wanted; // rows by the query that is being answered; there is one at a time, as nothing in it is awaited
const { queryTableEntities } = Store.prototype;
Store.prototype.queryTableEntities = function (context, account, table, options, ...from) {
  wanted = this.getMaxResultsOption(options) + 1; // the one more says where the next page begins
  try {
    return queryTableEntities.call(this, context, account, table, options, ...from);
  } finally {
    wanted = undefined;
  }
};

const { sort } = Resultset.prototype;
Resultset.prototype.sort = function (compare) {
  if (wanted !== undefined) {
    const { data } = this.collection;
    this.filteredrows = firstOf(this.filteredrows, wanted, (one, other) => compare(data[one], data[other]));
  }
  return sort.call(this, compare);
};

'use strict';

// Loaded into Azurite's process before Azurite. It looks up each row, also one that is to be written, by RowKey and then by
// PartitionKey; in our tables nearly all rows of a kind have the same RowKey, so that each lookup passed over all devices.
// Asked the other way round, the row is the same, and its price does not grow with the table.
const { createRequire } = require('node:module');

const { Collection } = createRequire(process.argv[1])('lokijs');
const { findOne } = Collection.prototype;
Collection.prototype.findOne = function (query) {
  return findOne.call(this, query?.PartitionKey === undefined ? query : { PartitionKey: query.PartitionKey, ...query });
};

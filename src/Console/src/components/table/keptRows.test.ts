import { createTable, type ColumnDef } from '@tanstack/react-table';
import { expect, test } from 'vitest';
import { keptRows } from './keptRows';

interface Thing {
  id: string;
}

const a = { id: 'a' };
const b = { id: 'b' };
const by = (word: string): ColumnDef<Thing>[] => [{ id: 'id', accessorFn: ({ id }) => `${word} ${id}` }];

function makeTable(data: Thing[]) {
  const fixed = {
    getRowId: ({ id }: Thing) => id,
    getCoreRowModel: keptRows<Thing>(),
    state: {},
    onStateChange: () => undefined,
    renderFallbackValue: null,
  };
  const table = createTable<Thing>({ ...fixed, data, columns: by('old') });
  table.setOptions((options) => ({ ...options, state: table.initialState }));
  return table;
}

test('rows of data that stays are the same rows, where they are now', () => {
  const table = makeTable([a]);
  const before = table.getCoreRowModel().rowsById.a;
  table.setOptions((options) => ({ ...options, data: [b, a] }));
  const { rows, rowsById } = table.getCoreRowModel();
  expect(rows.map(({ id, index }) => [id, index])).toEqual([
    ['b', 0],
    ['a', 1],
  ]);
  expect(rowsById.a).toBe(before);
  table.setOptions((options) => ({ ...options, data: [a] }));
  expect(table.getCoreRowModel().rows.map(({ id, index }) => [id, index])).toEqual([['a', 0]]);
});

test('data that changed has another row', () => {
  const table = makeTable([a]);
  const before = table.getCoreRowModel().rowsById.a;
  table.setOptions((options) => ({ ...options, data: [{ id: 'a' }] }));
  expect(table.getCoreRowModel().rowsById.a).not.toBe(before);
});

test('with other columns a row says something else', () => {
  const table = makeTable([a]);
  expect(table.getCoreRowModel().rows[0]?.getValue('id')).toBe('old a');
  table.setOptions((options) => ({ ...options, columns: by('new') }));
  expect(table.getCoreRowModel().rows[0]?.getValue('id')).toBe('new a');
});

test('asked again it answers the same', () => {
  const table = makeTable([a, b]);
  expect(table.getCoreRowModel()).toBe(table.getCoreRowModel());
});

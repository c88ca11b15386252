import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import type { ColumnDef } from '@tanstack/react-table';
import { Profiler } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { DataTable } from './DataTable';
import { RowHeight } from './rowStyles';

interface Thing {
  id: string;
}

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const columns: ColumnDef<Thing>[] = [{ id: 'id', header: 'Id', cell: ({ row }) => row.original.id }];
const a = { id: 'a' };
const b = { id: 'b' };

function show(rows: readonly Thing[], drawn: () => void = () => undefined) {
  return (
    <FluentProvider theme={webLightTheme}>
      <Profiler id="table" onRender={drawn}>
        <DataTable label="Things" columns={columns} rows={rows} rowId={({ id }) => id} />
      </Profiler>
    </FluentProvider>
  );
}

test('drawn again it comes to rest', async () => {
  const drawn = vi.fn();
  const { rerender } = render(show([a], drawn));
  rerender(show([a], drawn));
  rerender(show([b, a], drawn));
  await act(() => new Promise((go) => setTimeout(go, 50)));
  expect(drawn.mock.calls.length).toBeLessThan(10);
});

test('it says how far it is scrolled', () => {
  const onScroll = vi.fn();
  render(
    <FluentProvider theme={webLightTheme}>
      <DataTable label="Things" columns={columns} rows={[a]} rowId={({ id }) => id} onScroll={onScroll} />
    </FluentProvider>,
  );
  const grid = screen.getByRole('grid');
  grid.scrollTop = 120;
  fireEvent.scroll(grid);
  expect(onScroll).toHaveBeenLastCalledWith(120);
});

test('a row that went before it was drawn takes no focus when there is one in its place again', async () => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(400);
  const many = Array.from({ length: 100 }, (_, index) => ({ id: `row-${index}` }));
  const row = (index: number) => document.querySelector<HTMLElement>(`[data-index="${index}"]`);
  const { rerender } = render(show(many));
  await waitFor(() => expect(row(0)).not.toBeNull());
  row(0)?.focus();
  // Far away: it is drawn once the table is scrolled there.
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'End' });
  expect(row(99)).toBeNull();
  rerender(show(many.slice(0, 5)));
  (document.activeElement as HTMLElement).blur();
  rerender(show(many));
  const grid = screen.getByRole('grid');
  grid.scrollTop = 99 * RowHeight;
  fireEvent.scroll(grid);
  await waitFor(() => expect(row(99)).not.toBeNull());
  expect(document.activeElement).toBe(document.body);
});

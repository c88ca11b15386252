import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import type { ColumnDef } from '@tanstack/react-table';
import { Profiler } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { DataTable } from './DataTable';

interface Thing {
  id: string;
}

afterEach(cleanup);

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

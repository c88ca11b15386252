import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { act, cleanup, configure, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { ManyDevicesForm } from './ManyDevicesForm';

const { start } = vi.hoisted(() => ({ start: vi.fn(() => new Promise<void>(() => undefined)) }));

vi.mock('../../jobs/useJobStart', () => ({ useJobStart: () => start }));

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

afterEach(cleanup);

function show() {
  render(
    <FluentProvider theme={webLightTheme}>
      <ManyDevicesForm connector="c1" onClose={() => undefined} onSeveral={() => undefined} />
    </FluentProvider>,
  );
}

const choose = (file: File) => fireEvent.change(screen.getByLabelText('CSV file'), { target: { files: [file] } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('a folder that is dropped is told, and the table before it keeps its name', async () => {
  show();
  choose(new File(['ID\npump-1\n'], 'pumps.csv'));
  await screen.findByText('pumps.csv');
  const folder = new File([], 'valves');
  vi.spyOn(folder, 'text').mockRejectedValue(new DOMException('', 'NotFoundError'));
  fireEvent.drop(screen.getByText('pumps.csv'), { dataTransfer: { files: [folder] } });
  await screen.findByText(/^valves cannot be read\./);
  expect(screen.queryByText('valves')).toBeNull();
  press('Import 1 device');
  expect(start).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ table: 'ID\r\npump-1' }), expect.anything());
});

test('the name of a file shows with its table, not before, and what was wrong goes', async () => {
  show();
  const folder = new File([], 'valves');
  vi.spyOn(folder, 'text').mockRejectedValue(new DOMException('', 'NotFoundError'));
  choose(folder);
  await screen.findByText(/^valves cannot be read\./);
  let read: (text: string) => void = () => undefined;
  const slow = new File([], 'slow.csv');
  vi.spyOn(slow, 'text').mockReturnValue(new Promise((done) => (read = done)));
  choose(slow);
  expect(screen.queryByText('slow.csv')).toBeNull();
  await act(async () => {
    read('ID\npump-1\npump-2\n');
    await Promise.resolve();
  });
  await screen.findByText('slow.csv');
  await screen.findByRole('button', { name: 'Import 2 devices' });
  expect(screen.queryByText(/cannot be read/)).toBeNull();
});

import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Messages } from '../../components/Messages';
import { ResourceImportDialog } from './ResourceImportDialog';

vi.mock('./settings', () => ({ useSettings: () => ({ connector: 'c1', settings: { resources: {} } }) }));

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));
afterEach(cleanup);

test('a file that cannot be read is told, and the one before it is not imported in its place', async () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <FluentProvider theme={webLightTheme}>
        <Messages>
          <ResourceImportDialog connector="c1" onClose={() => undefined} />
        </Messages>
      </FluentProvider>
    </QueryClientProvider>,
  );
  const choose = (file: File) => fireEvent.change(screen.getByLabelText('File of resources'), { target: { files: [file] } });
  const isReady = () => screen.getByRole('button', { name: 'Import' }).getAttribute('aria-disabled') !== 'true';
  choose(new File(['temperature:\n  format: number\n'], 'resources.yaml'));
  await screen.findByText('1 added, 0 changed, 0 deleted, 0 unchanged.');
  expect(isReady()).toBe(true);
  const gone = new File([], 'gone.yaml');
  vi.spyOn(gone, 'text').mockRejectedValue(new DOMException('', 'NotFoundError'));
  choose(gone);
  await screen.findByText(/^gone\.yaml cannot be read\./);
  expect(screen.queryByText('resources.yaml')).toBeNull();
  expect(isReady()).toBe(false);
  choose(new File(['temperature:\n  format: number\n'], 'resources.yaml'));
  await screen.findByText('1 added, 0 changed, 0 deleted, 0 unchanged.');
  expect(screen.queryByText(/cannot be read/)).toBeNull();
});

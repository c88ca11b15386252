import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { DeviceCount } from './DeviceCount';
import { recount } from './lists';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(filter: string) {
  const replies: ((count: number) => void)[] = [];
  vi.stubGlobal('fetch', () => new Promise<Response>((reply) => replies.push((count) => reply(Response.json({ count })))));
  const cache = new QueryClient();
  render(
    <QueryClientProvider client={cache}>
      <FluentProvider theme={webLightTheme}>
        <DeviceCount connector="c1" filter={filter} isReady />
        <button>Next</button>
      </FluentProvider>
    </QueryClientProvider>,
  );
  return { cache, replies };
}

test('devices are counted again when they came or went', async () => {
  const { cache, replies } = show('');
  await waitFor(() => expect(replies).toHaveLength(1));
  replies[0]?.(3);
  await screen.findByRole('status', { name: '3 devices' });
  recount(cache);
  await waitFor(() => expect(replies).toHaveLength(2));
  replies[1]?.(4);
  await screen.findByRole('status', { name: '4 devices' });
});

test('where that costs they are counted by a button, which keeps the focus while it counts and hands it on', async () => {
  const { cache, replies } = show('online:yes');
  const button = screen.getByRole('button', { name: 'Count' });
  button.focus();
  fireEvent.click(button);
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'));
  expect(document.activeElement).toBe(button);
  await waitFor(() => expect(replies).toHaveLength(1));
  replies[0]?.(3);
  await screen.findByRole('status', { name: '3 devices' });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Next' })));
  recount(cache);
  await screen.findByRole('button', { name: 'Count' });
  expect(replies).toHaveLength(1);
});

import { cleanup, configure, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { queryClient } from '../../app/queryClient';
import { showInConnector } from '../jobs/jobs.world';
import { configQuery } from './config';
import { KeysSection } from './KeysSection';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

afterEach(() => {
  cleanup();
  queryClient.clear();
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a key expires while it is looked at', async () => {
  // Rows are drawn where there is room for them.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.useFakeTimers({ shouldAdvanceTime: true });
  queryClient.setQueryData(configQuery.queryKey, { version: '1', business: 'b', devmodeDomain: '', entra: null });
  const expires = (Date.now() + 60_000) * 1000;
  const key = { id: 'k', name: 'night shift', role: 'viewer', connectors: null, created: 1, lastused: 0, expires };
  vi.stubGlobal('fetch', ({ url }: Request) => Promise.resolve(Response.json(url.endsWith('/key') ? [key] : [])));
  showInConnector(<KeysSection />, { role: 'admin' });
  await screen.findByText(/^night shift/);
  expect(screen.queryByText('Expired')).toBeNull();
  await vi.advanceTimersByTimeAsync(70_000);
  await screen.findByText('Expired');
});

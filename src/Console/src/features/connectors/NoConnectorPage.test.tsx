import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { focusManager, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { queryClient } from '../../app/queryClient';
import { configQuery } from '../access/config';
import { operatorQuery } from '../access/operator';
import { connectorsQuery } from './connectors';
import { NoConnectorPage } from './NoConnectorPage';

const world = vi.hoisted(() => {
  const places: string[] = [];
  const navigate = ({ params }: { params: { connector: string } }) => Promise.resolve(places.push(params.connector));
  return { places, navigate, posts: [] as unknown[], connectors: [] as { apiId: string; name: string }[] };
});

vi.mock('@tanstack/react-router', () => ({ useNavigate: () => world.navigate }));

beforeEach(() => {
  world.places.length = world.posts.length = world.connectors.length = 0;
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'POST') {
      world.posts.push(await request.json());
      world.connectors.push({ apiId: 'c1', name: 'pumps' });
      return Response.json({ id: 'c1' });
    }

    return Response.json(world.connectors);
  });
  queryClient.setQueryData(operatorQuery.queryKey, { name: 'admin', role: 'admin' });
  queryClient.setQueryData(configQuery.queryKey, { version: '1', business: 'b', devmodeDomain: '', entra: null });
  queryClient.setQueryData(connectorsQuery.queryKey, []);
  render(
    <FluentProvider theme={webLightTheme}>
      <QueryClientProvider client={queryClient}>
        <NoConnectorPage />
      </QueryClientProvider>
    </FluentProvider>,
  );
});

afterEach(() => {
  cleanup();
  queryClient.clear();
  focusManager.setFocused(undefined);
  vi.unstubAllGlobals();
});

test('the first connector is held to the same rules as any other, and is gone to', async () => {
  const name = screen.getByLabelText(/^Name/);
  fireEvent.change(name, { target: { value: '7 up' } });
  await screen.findByText('Use letters and digits only, at least two, a letter first.');
  fireEvent.submit(name);
  expect(world.posts).toEqual([]);
  fireEvent.change(name, { target: { value: 'pumps' } });
  fireEvent.submit(name);
  await waitFor(() => expect(world.places).toContain('c1'));
  expect(world.posts).toEqual([{ label: 'pumps', type: 'product' }]);
});

test('a connector that somebody else made is gone to by who comes back to the page', async () => {
  world.connectors.push({ apiId: 'c2', name: 'valves' });
  act(() => {
    focusManager.setFocused(false);
    focusManager.setFocused(true);
  });
  await waitFor(() => expect(world.places).toEqual(['c2']));
});

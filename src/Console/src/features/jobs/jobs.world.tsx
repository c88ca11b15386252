import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
  type RouteComponent,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import type { Job } from '../../api/schema';
import { Messages } from '../../components/Messages';
import { operatorQuery } from '../access/operator';

/** A job that a test tells of. */
export const jobOf = (change: Partial<Job>): Job => ({
  id: 'a',
  kind: 'lock',
  status: 'running',
  dryRun: false,
  by: 'ann',
  byId: 'key000000000',
  created: 1,
  ended: 0,
  total: 10,
  processed: 1,
  changed: 1,
  unchanged: 0,
  failed: 0,
  ...change,
});

interface World {
  /** What is at the address of a job. */
  JobPage?: RouteComponent;
  /** Where one is, below the connector. */
  at?: string;
  role?: 'operator' | 'admin';
}

/** Shows something for a test, at the address of a connector's devices. */
export function showInConnector(devices: ReactElement, { JobPage = () => null, at = '/devices', role = 'operator' }: World = {}) {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  cache.setQueryData(operatorQuery.queryKey, { name: 'ann', role });
  const root = createRootRoute();
  const inside = createRoute({ getParentRoute: () => root, id: 'inside' });
  const connector = createRoute({ getParentRoute: () => inside, path: '/connectors/$connector', component: Outlet });
  const routes = [
    createRoute({ getParentRoute: () => connector, path: '/devices', component: () => devices }),
    createRoute({ getParentRoute: () => connector, path: '/jobs', component: () => 'All the jobs' }),
    createRoute({ getParentRoute: () => connector, path: '/jobs/$job', component: JobPage }),
  ];
  const router = createRouter({
    routeTree: root.addChildren([inside.addChildren([connector.addChildren(routes)])]),
    history: createMemoryHistory({ initialEntries: [`/connectors/c1${at}`] }),
  });
  render(
    <QueryClientProvider client={cache}>
      <FluentProvider theme={webLightTheme}>
        <Messages>
          <RouterProvider router={router as never} />
        </Messages>
      </FluentProvider>
    </QueryClientProvider>,
  );
  return { place: () => router.state.location.pathname };
}

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

/** Shows something at the address of a connector's devices, or the page of a job, for a test; where one is. */
export function showInConnector(devices: ReactElement, JobPage: RouteComponent = () => null, at = '/devices') {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  cache.setQueryData(operatorQuery.queryKey, { name: 'ann', role: 'operator' });
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
  return { place: () => router.state.location.pathname, cache };
}

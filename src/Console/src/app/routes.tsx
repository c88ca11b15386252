import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { connectorsQuery, settingsQuery } from '../features/connectors/connectors';
import { contentSearch } from '../features/content/search';
import { devicesQuery } from '../features/identities/devicesQuery';
import { identitySearch } from '../features/identities/search';
import { operatorQuery } from '../features/access/operator';
import { onSession, signedIn, whyLeft } from '../features/access/session';
import { targetOf } from '../features/access/target';
import { resourceSearch } from '../features/connectors/resourceSearch';
import { jobSearch } from '../features/jobs/search';
import { liveSearch } from '../features/realtime/search';
import { valuesSearch } from '../features/state/search';
import { Problem } from '../components/Problem';
import { queryClient } from './queryClient';
import { NotFound } from './NotFound';
import { Waiting } from '../components/Waiting';

// The whole map of the page. What is behind an address is loaded when somebody goes there. What is asked for ahead and fails is asked
// for again by what shows it, which then tells why.
const root = createRootRoute({ notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } => {
    const to = targetOf(search.to);
    return to === undefined ? {} : { to };
  },
  component: lazyRouteComponent(() => import('../features/access/SignInPage'), 'SignInPage'),
});

/** Everything for which one must be signed in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: ({ location }) => {
    if (signedIn() === undefined) {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told
      throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { to: location.href } });
    }
  },
});

const start = createRoute({
  getParentRoute: () => inside,
  path: '/',
  loader: async () => {
    // Asked each time: somebody else may have made or deleted one.
    const connectors = await queryClient.query({ ...connectorsQuery, staleTime: 0 });
    const last = localStorage.getItem('murano.connector');
    const connector = connectors.find((one) => one.apiId === last) ?? connectors[0];
    if (connector !== undefined) {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told
      throw redirect({ to: '/connectors/$connector/devices', params: { connector: connector.apiId }, replace: true });
    }
  },
  component: lazyRouteComponent(() => import('../features/connectors/NoConnectorPage'), 'NoConnectorPage'),
});

const connector = createRoute({
  getParentRoute: () => inside,
  path: '/connectors/$connector',
  // What the frame of all screens needs is waited for: a sign of loading, once shown, would stay for 300 ms, as React has it.
  loader: async ({ params }) => {
    // Nothing is returned: what was read is kept in the cache of queries alone.
    await Promise.allSettled([
      queryClient.query(operatorQuery),
      queryClient.query(connectorsQuery),
      queryClient.query(settingsQuery(params.connector)),
    ]);
  },
  component: lazyRouteComponent(() => import('./Shell'), 'Shell'),
  errorComponent: lazyRouteComponent(() => import('../features/connectors/ConnectorProblem'), 'ConnectorProblem'),
});

const connectorStart = createRoute({
  getParentRoute: () => connector,
  path: '/',
  beforeLoad: ({ params }) => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told
    throw redirect({ to: '/connectors/$connector/devices', params, replace: true });
  },
});

const devices = createRoute({
  getParentRoute: () => connector,
  path: '/devices',
  validateSearch: identitySearch,
  // The rows are what people wait for: they are asked for while the rest is still being loaded.
  loader: ({ params, location, cause }) => {
    if (cause === 'enter') {
      void queryClient.infiniteQuery(devicesQuery(params.connector, identitySearch(location.search)).options).catch(() => undefined);
    }
  },
  component: lazyRouteComponent(() => import('../features/identities/DevicesPage'), 'DevicesPage'),
});

const device = createRoute({
  getParentRoute: () => connector,
  path: '/devices/$identity',
  component: lazyRouteComponent(() => import('../features/identities/DevicePage'), 'DevicePage'),
});

const deviceValues = createRoute({
  getParentRoute: () => device,
  path: '/',
  validateSearch: valuesSearch,
  component: lazyRouteComponent(() => import('../features/state/ValuesTab'), 'ValuesTab'),
});

const deviceTags = createRoute({
  getParentRoute: () => device,
  path: '/tags',
  component: lazyRouteComponent(() => import('../features/tags/TagsTab'), 'TagsTab'),
});

const deviceLog = createRoute({
  getParentRoute: () => device,
  path: '/log',
  validateSearch: liveSearch,
  component: lazyRouteComponent(() => import('../features/realtime/DeviceLogTab'), 'DeviceLogTab'),
});

const deviceFiles = createRoute({
  getParentRoute: () => device,
  path: '/files',
  component: lazyRouteComponent(() => import('../features/content/DeviceFilesTab'), 'DeviceFilesTab'),
});

const deviceSettings = createRoute({
  getParentRoute: () => device,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/identities/DeviceSettingsTab'), 'DeviceSettingsTab'),
});

const resources = createRoute({
  getParentRoute: () => connector,
  path: '/resources',
  validateSearch: resourceSearch,
  component: lazyRouteComponent(() => import('../features/connectors/ResourcesPage'), 'ResourcesPage'),
});

const content = createRoute({
  getParentRoute: () => connector,
  path: '/content',
  validateSearch: contentSearch,
  component: lazyRouteComponent(() => import('../features/content/ContentPage'), 'ContentPage'),
});

const logs = createRoute({
  getParentRoute: () => connector,
  path: '/logs',
  validateSearch: liveSearch,
  component: lazyRouteComponent(() => import('../features/realtime/LogsPage'), 'LogsPage'),
});

const jobs = createRoute({
  getParentRoute: () => connector,
  path: '/jobs',
  component: lazyRouteComponent(() => import('../features/jobs/JobsPage'), 'JobsPage'),
});

const job = createRoute({
  getParentRoute: () => connector,
  path: '/jobs/$job',
  validateSearch: jobSearch,
  component: lazyRouteComponent(() => import('../features/jobs/JobPage'), 'JobPage'),
});

const settings = createRoute({
  getParentRoute: () => connector,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/connectors/SettingsPage'), 'SettingsPage'),
});

const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('../features/connectors/ProtocolSection'), 'ProtocolSection'),
});

const settingsIdentity = createRoute({
  getParentRoute: () => settings,
  path: '/identity',
  component: lazyRouteComponent(() => import('../features/connectors/IdentityFormatSection'), 'IdentityFormatSection'),
});

const settingsProvisioning = createRoute({
  getParentRoute: () => settings,
  path: '/provisioning',
  component: lazyRouteComponent(() => import('../features/provisioning/ProvisioningSection'), 'ProvisioningSection'),
});

const settingsAuthentication = createRoute({
  getParentRoute: () => settings,
  path: '/authentication',
  component: lazyRouteComponent(() => import('../features/provisioning/AuthenticationSection'), 'AuthenticationSection'),
});

const settingsEvents = createRoute({
  getParentRoute: () => settings,
  path: '/events',
  component: lazyRouteComponent(() => import('../features/events/EventsSection'), 'EventsSection'),
});

const settingsKeys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyRouteComponent(() => import('../features/access/KeysSection'), 'KeysSection'),
});

const settingsActivity = createRoute({
  getParentRoute: () => settings,
  path: '/activity',
  component: lazyRouteComponent(() => import('../features/access/ActivitySection'), 'ActivitySection'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    inside.addChildren([
      start,
      connector.addChildren([
        connectorStart,
        devices,
        device.addChildren([deviceValues, deviceTags, deviceLog, deviceFiles, deviceSettings]),
        resources,
        content,
        logs,
        jobs,
        job,
        settings.addChildren([
          settingsStart,
          settingsIdentity,
          settingsProvisioning,
          settingsAuthentication,
          settingsEvents,
          settingsKeys,
          settingsActivity,
        ]),
      ]),
    ]),
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
  defaultErrorComponent: Problem,
  defaultPendingComponent: Waiting,
  scrollRestoration: true,
});

// Whoever is shut out while a screen is open comes back to it after signing in again.
onSession(() => {
  const { pathname, href } = router.state.location;
  if (signedIn() === undefined && pathname !== '/sign-in') {
    queryClient.clear();
    void router.navigate({
      to: '/sign-in',
      search: whyLeft() === '' || targetOf(href) === undefined ? {} : { to: href },
      ignoreBlocker: true,
    });
  }
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

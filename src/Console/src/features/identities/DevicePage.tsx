import { Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons';
import { createLink, Link, Outlet, useParams } from '@tanstack/react-router';
import { Suspense, useMemo } from 'react';
import { ApiError } from '../../api/errors';
import { CopyButton } from '../../components/CopyButton';
import { NotRenewed } from '../../components/NotRenewed';
import { PageHeader } from '../../components/PageHeader';
import { Problem } from '../../components/Problem';
import { Waiting } from '../../components/Waiting';
import { useMay } from '../access/operator';
import { DeviceActions } from './DeviceActions';
import { DeviceContext } from './deviceContext';
import { DeviceFacts } from './DeviceFacts';
import { lastListPlace } from './listPlace';
import { UnknownDevice } from './UnknownDevice';
import { useDeviceLive } from './useDeviceLive';

const RouterLink = createLink(FluentLink);

const useStyles = makeStyles({
  back: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, alignSelf: 'flex-start', minHeight: '24px' },
  tabs: {
    display: 'flex',
    flexWrap: 'wrap',
    marginBlock: tokens.spacingVerticalM,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  tab: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  here: { fontWeight: tokens.fontWeightSemibold, boxShadow: `inset 0 -3px 0 ${tokens.colorBrandStroke1}` },
});

const Tabs = [
  { to: '/connectors/$connector/devices/$identity', label: 'Values' },
  { to: '/connectors/$connector/devices/$identity/tags', label: 'Tags' },
  { to: '/connectors/$connector/devices/$identity/log', label: 'Log' },
  { to: '/connectors/$connector/devices/$identity/files', label: 'Files' },
  { to: '/connectors/$connector/devices/$identity/settings', label: 'Settings' },
] as const;

/** A device: what is known of it, and its tabs. */
export function DevicePage() {
  const { connector, identity } = useParams({ from: '/inside/connectors/$connector/devices/$identity' });
  // What was seen of one device is not another's.
  return <ThisDevice key={identity} connector={connector} identity={identity} />;
}

function ThisDevice({ connector, identity }: { connector: string; identity: string }) {
  const styles = useStyles();
  const mayChange = useMay('operator');
  const { device, live, seen, refresh } = useDeviceLive(connector, identity);
  const context = useMemo(() => ({ connector, identity, live, seen }), [connector, identity, live, seen]);
  const isUnknown = device.error instanceof ApiError && device.error.status === 404;
  const shown = isUnknown ? undefined : device.data;
  return (
    <>
      <RouterLink className={styles.back} to="/connectors/$connector/devices" params={{ connector }} search={lastListPlace(connector)}>
        <ArrowLeftRegular aria-hidden />
        Devices
      </RouterLink>
      <PageHeader title={identity} beside={<CopyButton text={identity} label="Copy the identity" />}>
        {mayChange && shown !== undefined && <DeviceActions connector={connector} device={shown} />}
      </PageHeader>
      {isUnknown && <UnknownDevice connector={connector} identity={identity} />}
      {device.error !== null && !isUnknown && shown === undefined && <Problem error={device.error} reset={refresh} />}
      {device.isPending && <Waiting />}
      {shown !== undefined && (
        <DeviceContext value={context}>
          <NotRenewed query={device} />
          <DeviceFacts device={shown} />
          <nav className={styles.tabs} aria-label="Device">
            {Tabs.map(({ to, label }) => (
              <Link
                key={to}
                to={to}
                params={{ connector, identity }}
                className={styles.tab}
                activeProps={{ className: mergeClasses(styles.tab, styles.here) }}
                activeOptions={{ exact: label === 'Values', includeSearch: false }}
              >
                {label}
              </Link>
            ))}
          </nav>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </DeviceContext>
      )}
    </>
  );
}

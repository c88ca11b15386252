import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { PageHeader } from '../../components/PageHeader';
import { Waiting } from '../../components/Waiting';
import { useMay } from '../access/operator';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexGrow: 1,
    gap: tokens.spacingHorizontalXXL,
    alignItems: 'stretch',
    '@media (max-width: 960px)': { flexDirection: 'column', gap: tokens.spacingVerticalM },
  },
  nav: {
    display: 'flex',
    flexDirection: 'column',
    flexShrink: 0,
    width: '170px',
    gap: tokens.spacingVerticalXXS,
    '@media (max-width: 960px)': { flexDirection: 'row', flexWrap: 'wrap', width: 'auto' },
  },
  link: {
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  here: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    fontWeight: tokens.fontWeightSemibold,
    boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`,
    '@media (max-width: 960px)': { boxShadow: `inset 0 -3px 0 ${tokens.colorBrandStroke1}` },
  },
  section: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
});

const Sections = [
  { to: '/connectors/$connector/settings', label: 'General', admin: false },
  { to: '/connectors/$connector/settings/identity', label: 'Identity format', admin: false },
  { to: '/connectors/$connector/settings/provisioning', label: 'Provisioning', admin: false },
  { to: '/connectors/$connector/settings/authentication', label: 'Authentication', admin: false },
  { to: '/connectors/$connector/settings/events', label: 'Events', admin: false },
  { to: '/connectors/$connector/settings/keys', label: 'API keys', admin: true },
  { to: '/connectors/$connector/settings/activity', label: 'Activity', admin: true },
] as const;

/** The settings of a connector, in sections. */
export function SettingsPage() {
  const styles = useStyles();
  const { connector } = useParams({ from: '/inside/connectors/$connector' });
  const isAdmin = useMay('admin');
  return (
    <>
      <PageHeader title="Settings" />
      <div className={styles.page}>
        <nav className={styles.nav} aria-label="Settings">
          {Sections.filter(({ admin }) => isAdmin || !admin).map(({ to, label }) => (
            <Link
              key={to}
              to={to}
              params={{ connector }}
              activeOptions={{ exact: true }}
              className={styles.link}
              activeProps={{ className: mergeClasses(styles.link, styles.here) }}
            >
              {label}
            </Link>
          ))}
        </nav>
        <div className={styles.section}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </div>
      </div>
    </>
  );
}

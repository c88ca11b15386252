import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DocumentRegular, ListRegular, PhoneLaptopRegular, PulseRegular, SettingsRegular, TaskListLtrRegular } from '@fluentui/react-icons';
import { Link } from '@tanstack/react-router';

const useStyles = makeStyles({
  nav: {
    width: '200px',
    flexShrink: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 720px)': {
      width: 'auto',
      flexDirection: 'row',
      flexWrap: 'wrap',
      borderRight: 'none',
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    '@media (max-width: 720px)': { padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}` },
  },
  here: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    fontWeight: tokens.fontWeightSemibold,
    boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`,
  },
});

const Places = [
  { to: '/connectors/$connector/devices', label: 'Devices', Icon: PhoneLaptopRegular },
  { to: '/connectors/$connector/resources', label: 'Resources', Icon: ListRegular },
  { to: '/connectors/$connector/content', label: 'Content', Icon: DocumentRegular },
  { to: '/connectors/$connector/logs', label: 'Logs', Icon: PulseRegular },
  { to: '/connectors/$connector/jobs', label: 'Jobs', Icon: TaskListLtrRegular },
  { to: '/connectors/$connector/settings', label: 'Settings', Icon: SettingsRegular },
] as const;

/** The screens of a connector. */
export function Navigation({ connector }: { connector: string }) {
  const styles = useStyles();
  return (
    <nav className={styles.nav} aria-label="Connector">
      {Places.map(({ to, label, Icon }) => (
        <Link
          key={to}
          to={to}
          params={{ connector }}
          className={styles.link}
          activeProps={{ className: mergeClasses(styles.link, styles.here) }}
        >
          <Icon fontSize={20} aria-hidden />
          {label}
        </Link>
      ))}
    </nav>
  );
}

import { makeStyles, tokens } from '@fluentui/react-components';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { Waiting } from '../components/Waiting';
import { operatorQuery } from '../features/access/operator';
import { useListPlace } from '../features/identities/listPlace';
import { Navigation } from './Navigation';
import { TopBar } from './TopBar';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    minHeight: '100dvh',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  skip: {
    position: 'absolute',
    left: '-9999px',
    ':focus': {
      left: tokens.spacingHorizontalM,
      top: tokens.spacingVerticalS,
      zIndex: 10,
      backgroundColor: tokens.colorNeutralBackground1,
      padding: tokens.spacingHorizontalS,
    },
  },
  below: {
    display: 'flex',
    flexGrow: 1,
    minHeight: 0,
    '@media (max-width: 720px)': { flexDirection: 'column' },
  },
  main: {
    flexGrow: 1,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL}`,
    '@media (max-width: 720px)': { padding: tokens.spacingHorizontalM },
    ':focus': { outlineStyle: 'none' },
  },
});

/** What stays around all screens of a connector. */
export function Shell() {
  const styles = useStyles();
  const { connector } = useParams({ from: '/inside/connectors/$connector' });
  useSuspenseQuery(operatorQuery);
  useListPlace(connector);
  useEffect(() => localStorage.setItem('murano.connector', connector), [connector]);
  return (
    <div className={styles.page}>
      <a href="#main" className={styles.skip}>
        Skip to content
      </a>
      <TopBar connector={connector} />
      <div className={styles.below}>
        <Navigation connector={connector} />
        <main id="main" tabIndex={-1} className={styles.main} key={connector}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  );
}

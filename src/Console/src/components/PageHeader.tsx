import { makeStyles, Title2, tokens } from '@fluentui/react-components';
import { useEffect, type ReactNode } from 'react';

const useStyles = makeStyles({
  header: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalM,
  },
  title: { flexGrow: 1, overflowWrap: 'anywhere', minWidth: 0 },
});

/** Name of a screen, which is the tab's too, and what can be done there. */
export function PageHeader({ title, beside, children }: { title: string; beside?: ReactNode; children?: ReactNode }) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} · Murano.Serverless`;
  }, [title]);
  return (
    <div className={styles.header}>
      <Title2 as="h1" className={styles.title}>
        {title} {beside}
      </Title2>
      {children}
    </div>
  );
}

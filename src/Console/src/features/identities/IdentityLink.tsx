import { makeStyles, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';

const useStyles = makeStyles({
  link: {
    // The usual colour of links has too little contrast on a row that is selected.
    color: tokens.colorBrandForeground2,
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline' },
  },
});

/** An identity that leads to its device. */
export function IdentityLink({ connector, identity, isTabStop = false }: { connector: string; identity: string; isTabStop?: boolean }) {
  const styles = useStyles();
  return (
    <Link
      to="/connectors/$connector/devices/$identity"
      params={{ connector, identity }}
      preload={false}
      className={styles.link}
      title={identity}
      // In a table Enter opens the row, and this is for the mouse: it can be opened in another tab.
      tabIndex={isTabStop ? 0 : -1}
      onClick={(event) => event.stopPropagation()}
    >
      {identity}
    </Link>
  );
}

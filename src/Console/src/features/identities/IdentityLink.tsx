import { makeStyles, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { useRowTabIndex } from '../../components/table/DataRow';

const useStyles = makeStyles({
  link: {
    // The usual colour of links has too little contrast on a row that is selected.
    color: tokens.colorBrandForeground2,
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline' },
  },
});

interface IdentityLinkProps {
  connector: string;
  identity: string;
  /** Whether Enter on its row leads there too. Then this is for the mouse: it can be opened in another tab. */
  isOfRow?: boolean;
}

/** An identity that leads to its device. */
export function IdentityLink({ connector, identity, isOfRow = false }: IdentityLinkProps) {
  const styles = useStyles();
  const tabIndex = useRowTabIndex();
  return (
    <Link
      to="/connectors/$connector/devices/$identity"
      params={{ connector, identity }}
      preload={false}
      className={styles.link}
      title={identity}
      tabIndex={isOfRow ? -1 : tabIndex}
      onClick={(event) => event.stopPropagation()}
    >
      {identity}
    </Link>
  );
}

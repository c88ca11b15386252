import { Link } from '@tanstack/react-router';
import { useLinkStyle } from '../../components/useLinkStyle';

/** An identity that leads to its device. */
export function IdentityLink({ connector, identity, isTabStop = false }: { connector: string; identity: string; isTabStop?: boolean }) {
  const style = useLinkStyle();
  return (
    <Link
      to="/connectors/$connector/devices/$identity"
      params={{ connector, identity }}
      preload={false}
      className={style}
      title={identity}
      // In a table Enter opens the row, and this is for the mouse: it can be opened in another tab.
      tabIndex={isTabStop ? 0 : -1}
      onClick={(event) => event.stopPropagation()}
    >
      {identity}
    </Link>
  );
}

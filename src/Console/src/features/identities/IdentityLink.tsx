import { Link } from '@tanstack/react-router';
import { useRowTabIndex } from '../../components/table/DataRow';
import { useLinkStyle } from '../../components/useLinkStyle';

interface IdentityLinkProps {
  connector: string;
  identity: string;
  /** Whether Enter on its row leads there too. Then this is for the mouse: it can be opened in another tab. */
  isOfRow?: boolean;
}

/** An identity that leads to its device. */
export function IdentityLink({ connector, identity, isOfRow = false }: IdentityLinkProps) {
  const style = useLinkStyle();
  const tabIndex = useRowTabIndex();
  return (
    <Link
      to="/connectors/$connector/devices/$identity"
      params={{ connector, identity }}
      preload={false}
      className={style}
      title={identity}
      tabIndex={isOfRow ? -1 : tabIndex}
      onClick={(event) => event.stopPropagation()}
    >
      {identity}
    </Link>
  );
}

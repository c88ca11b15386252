import { RowLink } from '../../components/table/RowLink';

interface IdentityLinkProps {
  connector: string;
  identity: string;
  /** Whether Enter on its row leads there too. Then this is for the mouse: it can be opened in another tab. */
  isOfRow?: boolean;
}

/** An identity that leads to its device. */
export function IdentityLink({ connector, identity, isOfRow = false }: IdentityLinkProps) {
  return (
    <RowLink
      to="/connectors/$connector/devices/$identity"
      params={{ connector, identity }}
      preload={false}
      title={identity}
      isOfRow={isOfRow}
    >
      {identity}
    </RowLink>
  );
}

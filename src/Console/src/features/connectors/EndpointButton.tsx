import { Button } from '@fluentui/react-components';
import { ChevronDownRegular, CopyRegular } from '@fluentui/react-icons';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { CopyButton } from '../../components/CopyButton';
import { DeferredMenu } from '../../components/DeferredMenu';
import { configQuery } from '../access/config';
import { settingsQuery } from './connectors';
import { endpointsOf } from './endpoint';

/** Copies the name of the host that devices call; in developer mode the one for plain http, too. */
export function EndpointButton({ connector }: { connector: string }) {
  const { fqdn, protocol } = useSuspenseQuery(settingsQuery(connector)).data;
  const { data: config } = useQuery(configQuery);
  const { https, http } = endpointsOf(connector, fqdn, protocol.devmode, config?.devmodeDomain ?? '');
  if (http === undefined) {
    return (
      <CopyButton text={https} label={`Copy ${https}`}>
        Copy endpoint
      </CopyButton>
    );
  }

  return (
    <DeferredMenu
      load={() => import('./EndpointMenu')}
      button={
        <Button appearance="subtle" icon={<CopyRegular />}>
          Copy endpoint <ChevronDownRegular aria-hidden />
        </Button>
      }
    >
      {({ EndpointMenu }, trigger) => <EndpointMenu trigger={trigger} https={https} http={http} />}
    </DeferredMenu>
  );
}

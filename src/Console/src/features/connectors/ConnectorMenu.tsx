import { Button, Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger, Text } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { connectorsQuery } from './connectors';

/** Name of the connector; a switcher where there are several. */
export function ConnectorMenu({ connector }: { connector: string }) {
  const navigate = useNavigate();
  const connectors = useSuspenseQuery(connectorsQuery).data;
  const here = connectors.find((one) => one.apiId === connector);
  if (connectors.length < 2) {
    return <Text weight="semibold">{here?.name ?? connector}</Text>;
  }

  return (
    <Menu
      checkedValues={{ connector: [connector] }}
      onCheckedValueChange={(_, { checkedItems }) =>
        navigate({ to: '/connectors/$connector/devices', params: { connector: checkedItems[0] ?? connector } })
      }
    >
      <MenuTrigger disableButtonEnhancement>
        <Button icon={<ChevronDownRegular />} iconPosition="after" aria-label={`Connector ${here?.name ?? connector}`}>
          {here?.name ?? connector}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {connectors.map((one) => (
            <MenuItemRadio key={one.apiId} name="connector" value={one.apiId}>
              {one.name}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

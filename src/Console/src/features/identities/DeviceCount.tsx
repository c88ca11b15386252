import { Button, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { countQuery } from './count';
import { isCostly } from './filter/filterText';

const number = new Intl.NumberFormat();

/** How many devices there are, beside the title. Where the app would have to look at each device, it counts only when asked to. */
export function DeviceCount({ connector, filter, isReady }: { connector: string; filter: string; isReady: boolean }) {
  const costs = isCostly(filter);
  const { data, isFetching, refetch } = useQuery({ ...countQuery(connector, filter), enabled: isReady && !costs });
  if (data !== undefined) {
    return (
      <Text size={400} role="status" aria-label={`${data.count} devices`}>
        ({number.format(data.count)})
      </Text>
    );
  }

  return costs && isReady ? (
    <Button size="small" disabledFocusable={isFetching} onClick={() => void refetch()}>
      Count
    </Button>
  ) : null;
}

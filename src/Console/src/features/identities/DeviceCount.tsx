import { Button, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { countText, pluralText } from '../../format/count';
import { useRef } from 'react';
import { useFocusBack } from '../../components/useFocusBack';
import { countQuery } from './count';
import { isCostly } from './filter/filterText';

/** How many devices there are, beside the title. Where the app would have to look at each device, it counts only when asked to. */
export function DeviceCount({ connector, filter, isReady }: { connector: string; filter: string; isReady: boolean }) {
  const costs = isCostly(filter);
  const { data, isFetching, refetch } = useQuery({ ...countQuery(connector, filter), enabled: isReady && !costs });
  if (data !== undefined) {
    return (
      <Text size={400} role="status" aria-label={pluralText(data.count, 'device')}>
        ({countText(data.count)})
      </Text>
    );
  }

  return costs && isReady ? <CountButton isCounting={isFetching} onCount={() => void refetch()} /> : null;
}

function CountButton({ isCounting, onCount }: { isCounting: boolean; onCount: () => void }) {
  // The number takes the place of the button, which may have the focus.
  const place = useRef<HTMLSpanElement>(null);
  useFocusBack(place, false);
  return (
    <span ref={place}>
      <Button size="small" disabledFocusable={isCounting} onClick={onCount}>
        Count
      </Button>
    </span>
  );
}

import { Button, Link } from '@fluentui/react-components';
import { PlayCircleRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { loadPart } from '../../../components/loadPart';
import { useMessages } from '../../../components/Messages';
import { useMay } from '../../access/operator';

interface SimulateButtonProps {
  connector: string;
  appearance?: 'primary' | 'secondary';
}

/** Makes a device with one click, which writes changing values for as long as the page is open. */
export function SimulateButton({ connector, appearance = 'secondary' }: SimulateButtonProps) {
  const mayChange = useMay('operator');
  const cache = useQueryClient();
  const router = useRouter();
  const messages = useMessages();
  const [isBusy, setBusy] = useState(false);
  if (!mayChange) {
    return null;
  }

  const start = async () => {
    setBusy(true);
    try {
      // What plays the device is loaded by those only who want one.
      const { simulate } = await loadPart(() => import('./run'));
      const identity = await simulate(cache, connector);
      // Messages stand outside of the router, so their links ask it by hand.
      const place = { to: '/connectors/$connector/devices/$identity', params: { connector, identity } } as const;
      messages.done(
        `The simulated device ${identity} is online.`,
        <Link
          href={router.history.createHref(router.buildLocation(place).publicHref)}
          onClick={(event) => {
            event.preventDefault();
            void router.navigate(place);
          }}
        >
          Open
        </Link>,
      );
    } catch (error) {
      messages.failed('No device could be simulated', error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Button appearance={appearance} icon={<PlayCircleRegular />} onClick={start} disabledFocusable={isBusy}>
      Simulate a device
    </Button>
  );
}

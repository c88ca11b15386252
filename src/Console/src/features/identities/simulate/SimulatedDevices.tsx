import { Suspense, useSyncExternalStore } from 'react';
import { deferred } from '../../../components/deferred';
import { onSimulated, simulatedDevices } from './simulated';

const Panel = deferred(async () => (await import('./SimulatedPanel')).SimulatedPanel);

/** The devices that this tab simulates, wherever in the page one is; nothing while there are none. */
export function SimulatedDevices() {
  const devices = useSyncExternalStore(onSimulated, simulatedDevices);
  return (
    devices.length > 0 && (
      <Suspense>
        <Panel />
      </Suspense>
    )
  );
}

import { lazy, Suspense, useSyncExternalStore } from 'react';
import { onSimulated, simulatedDevices } from './simulated';

const Panel = lazy(async () => ({ default: (await import('./SimulatedPanel')).SimulatedPanel }));

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

import { createContext, use } from 'react';
import type { useLiveEvents } from '../realtime/liveFeed';
import type { SeenValues } from '../state/seen';

/** What the tabs of a device have in common. */
interface DeviceContextValue {
  connector: string;
  identity: string;
  live: ReturnType<typeof useLiveEvents>;
  /** What was seen of its values since the page was opened. */
  seen: SeenValues;
}

export const DeviceContext = createContext<DeviceContextValue | undefined>(undefined);

/** The device whose page this is. */
export function useDeviceContext(): DeviceContextValue {
  const device = use(DeviceContext);
  if (device === undefined) {
    throw new Error('This is not the page of a device.');
  }

  return device;
}

/** What happened, as the live log tells it. */
export interface LiveEvent {
  type: string;
  identity?: string;
  timestamp: number;
}

type Listener = (events: readonly LiveEvent[]) => void;

/** Listens to what devices do now. */
export const useLiveEvents: (
  connector: string,
  identity: string | undefined,
  onEvents: Listener,
) => { state: 'connecting' | 'live' | 'reconnecting' | 'unavailable'; problem: string } = () => ({ state: 'unavailable', problem: '' });

import { onSession, signedIn } from '../../access/session';

/** A device that this tab simulates. */
export interface SimulatedDevice {
  connector: string;
  identity: string;
  /** Writes that the app took. */
  writes: number;
  /** Why the last request was not taken; empty when it was. */
  problem: string;
}

interface Kept {
  device: SimulatedDevice;
  stop: AbortController;
}

// What runs here runs nowhere else: it is this tab's, and goes on from screen to screen.
const kept = new Map<string, Kept>();
const listeners = new Set<() => void>();
let shown: readonly SimulatedDevice[] = [];

const keyOf = (connector: string, identity: string): string => `${connector}/${identity}`;

function tell(): void {
  shown = [...kept.values()].map(({ device }) => device);
  listeners.forEach((listener) => listener());
}

/** The devices that run, in the order in which they were started. */
export const simulatedDevices = (): readonly SimulatedDevice[] => shown;

/** For React: hears of changes. */
export function onSimulated(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Notes that a device runs. */
export function startSimulated(connector: string, identity: string): AbortSignal {
  stopSimulated(connector, identity);
  const stop = new AbortController();
  kept.set(keyOf(connector, identity), { device: { connector, identity, writes: 0, problem: '' }, stop });
  tell();
  return stop.signal;
}

/** Notes how it goes. */
export function noteSimulated(connector: string, identity: string, change: Partial<Pick<SimulatedDevice, 'writes' | 'problem'>>): void {
  const one = kept.get(keyOf(connector, identity));
  if (one !== undefined) {
    one.device = { ...one.device, ...change };
    tell();
  }
}

/** Stops one; nothing when it does not run. The device stays known to the connector. */
export function stopSimulated(connector: string, identity: string): void {
  const key = keyOf(connector, identity);
  kept.get(key)?.stop.abort();
  if (kept.delete(key)) {
    tell();
  }
}

/** Stops all. */
export function stopAllSimulated(): void {
  kept.forEach(({ stop }) => stop.abort());
  kept.clear();
  tell();
}

// Who signs out leaves nothing running.
onSession(() => {
  if (signedIn() === undefined) {
    stopAllSimulated();
  }
});

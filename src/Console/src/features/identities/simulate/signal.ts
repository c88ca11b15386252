import type { Resource } from '../../../api/schema';
import { choicesOf, rangesOf, type Range, type ValueRules } from '../../state/values';

const MaxWritten = 40;

/** What a simulated device writes where the connector has nothing for it to write. */
const Usual: Record<string, ValueRules> = {
  temperature: { format: 'number', allowed: ['15:30'] },
  humidity: { format: 'number', allowed: ['30:70'] },
};

type Resources = Readonly<Record<string, Resource>>;

/** The value of a resource at a moment: it goes up and down within what is allowed. */
export function signalOf({ format, allowed }: ValueRules, step: number, phase = 0): string {
  const choices = choicesOf({ format, allowed });
  if (choices !== undefined) {
    return choices[(Math.floor(step / 2) + phase) % choices.length] ?? '';
  }

  if (format !== 'number') {
    return `sample ${step}`;
  }

  const [low, high] = endsOf(rangesOf({ allowed }).find((range) => range.low < range.high));
  const wave = 0.5 + 0.35 * Math.sin((step + phase * 5) / 6) + 0.1 * Math.sin((step + phase) * 1.7);
  const value = low * (1 - wave) + high * wave;
  // Few digits, but as many as the range needs; rounding must not leave it.
  const digits = Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(high - low))));
  return String(Math.min(high, Math.max(low, Number(value.toFixed(digits)))));
}

// Where a range has no end, a device is near the one that it has.
function endsOf({ low, high }: Pick<Range, 'low' | 'high'> = { low: 0, high: 100 }): [number, number] {
  if (Number.isFinite(low)) {
    return [low, Number.isFinite(high) ? high : Math.min(Number.MAX_VALUE, low + Math.max(100, Math.abs(low)))];
  }

  return Number.isFinite(high) ? [Math.max(-Number.MAX_VALUE, high - Math.max(100, Math.abs(high))), high] : [0, 100];
}

/** What the device measures at a moment: values that it alone writes. */
export function measuredAt(resources: Resources, step: number): Record<string, string> {
  const measured = Object.entries(resources).filter(([, { settable }]) => !settable);
  const written = measured.length > 0 ? measured : Object.entries(Usual).filter(([alias]) => !Object.hasOwn(resources, alias));
  return Object.fromEntries(written.slice(0, MaxWritten).map(([alias, resource], index) => [alias, signalOf(resource, step, index)]));
}

/** The values that it takes from the cloud. */
export const settableOf = (resources: Resources): string[] =>
  Object.entries(resources)
    .filter(([, { settable }]) => settable)
    .map(([alias]) => alias)
    .slice(0, MaxWritten);

/** What it acknowledges: what the cloud wants and it has not; and, to begin with, a value of its own for what the cloud has none. */
export function acknowledgedBy(
  resources: Resources,
  read: ReadonlyMap<string, string>,
  has: ReadonlyMap<string, string>,
): Record<string, string> {
  const written: Record<string, string> = {};
  settableOf(resources).forEach((alias, index) => {
    const [wanted, present, resource] = [read.get(alias), has.get(alias), resources[alias]];
    if (wanted !== undefined && wanted !== present) {
      written[alias] = wanted;
    } else if (wanted === undefined && present === undefined && resource !== undefined) {
      written[alias] = signalOf(resource, 0, index);
    }
  });
  return written;
}

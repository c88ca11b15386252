import { csvField, csvText } from '../../format/csv';
import { asItCame, textOf } from './eventFilter';
import type { LiveEvent } from './liveEvent';

/** One event a line, as it came. */
export const asJsonLines = (events: readonly LiveEvent[]): string => events.map((event) => `${textOf(event)}\n`).join('');

const Columns = [
  'time',
  'type',
  'identity',
  'ip',
  'protocol',
  'reason',
  'message',
  'code',
  'method',
  'path',
  'connection_id',
  'count',
  'payload',
] as const;

/** A table (RFC 4180) with a line for each event. What was in the payload stands there as JSON. */
export function asCsv(events: readonly LiveEvent[]): string {
  const lines = events.map((event) => {
    const fields: Record<string, unknown> = { ...asItCame(event), time: new Date(event.timestamp / 1000).toISOString() };
    return Columns.map((column) => field(fields[column])).join(',');
  });
  return [Columns.join(','), ...lines, ''].join('\r\n');
}

function field(value: unknown): string {
  // Devices say what they like.
  return typeof value === 'string' ? csvText(value) : value === undefined || value === null ? '' : csvField(JSON.stringify(value));
}

import { pluralText } from '../../format/count';
import { sizeText } from '../../format/size';
import { momentsOf, type LiveEvent } from './liveEvent';

/** All types of events, in the order in which they are offered, with their words. */
export const EventTypes: Readonly<Record<string, string>> = {
  connect: 'Connect',
  disconnect: 'Disconnect',
  provisioned: 'Provisioned',
  data_in: 'Data in',
  data_out: 'Data out',
  content_in: 'Content in',
  deleted: 'Deleted',
  expired: 'Expired',
  refused: 'Refused',
  dropped: 'Dropped',
};

/** The word for a type; one that this page does not know speaks for itself. */
export const typeText = (type: string): string => EventTypes[type] ?? type;

const LongestValue = 60;
const MostValues = 8;

/** What an event says, on one line. */
export function summaryOf(event: LiveEvent): string {
  const said = saysOf(event);
  return event.cut === true ? `${said} (not all of it)` : said;
}

function saysOf(event: LiveEvent): string {
  switch (event.type) {
    case 'data_in':
    case 'data_out':
      return valuesText(event);
    case 'content_in':
      return contentText(event.payload);
    case 'refused':
      return refusalText(event);
    case 'dropped':
      return typeof event.count === 'number'
        ? `${pluralText(event.count, 'event was', 'events were')} lost before ${event.count === 1 ? 'it' : 'they'} could be sent`
        : 'Events were lost; how many is not known';
    default:
      return event.connection_id === undefined ? '' : `connection ${event.connection_id}`;
  }
}

function valuesText(event: LiveEvent): string {
  const moments = momentsOf(event);
  const pairs: string[] = [];
  let count = 0;
  for (const { values } of moments) {
    for (const [alias, value] of Object.entries(values)) {
      if (++count <= MostValues) {
        pairs.push(`${alias}=${short(typeof value === 'string' ? value : JSON.stringify(value))}`);
      }
    }
  }

  return [
    pairs.join(', '),
    count > MostValues ? `and ${count - MostValues} more` : '',
    moments.length > 1 ? `(${moments.length} moments)` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function contentText(payload: unknown): string {
  const { id, length, type } = (payload ?? {}) as { id?: string; length?: number; type?: string };
  return [id, length === undefined ? undefined : sizeText(length), type].filter((part) => part !== undefined).join(', ');
}

function refusalText({ reason, message, code, method, path }: LiveEvent): string {
  const asked = [code, method, path].filter((part) => part !== undefined).join(' ');
  return [reason === undefined ? '' : `${reason}:`, message ?? '', asked === '' ? '' : `(${asked})`]
    .filter((part) => part !== '')
    .join(' ');
}

const short = (text: string): string => (text.length > LongestValue ? `${text.slice(0, LongestValue)}…` : text);

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** The time of day to the millisecond. */
export const clockText = (micros: number): string => clock.format(new Date(micros / 1000));

import { query } from '../../api/client';
import type { Settings } from '../../api/schema';

export type EventType = NonNullable<Settings['events']>['types'][number];

/** The types of events, with what they tell. */
export const EventTypes: readonly { type: EventType; hint: string }[] = [
  { type: 'provisioned', hint: 'A device got its credential.' },
  { type: 'connect', hint: 'A device was heard after it had not been online.' },
  { type: 'disconnect', hint: 'A device is online no longer.' },
  { type: 'data_in', hint: 'A device wrote values.' },
  { type: 'data_out', hint: 'The cloud set values.' },
  { type: 'content_in', hint: 'A device uploaded a file.' },
  { type: 'deleted', hint: 'A device was deleted.' },
  { type: 'expired', hint: 'A window for activation has passed.' },
  { type: 'publish', hint: 'Taken, but does not happen: devices that speak HTTP have no topics.' },
];

/** How the delivery of events stands. */
export const eventsQuery = (connector: string) =>
  query.queryOptions('get', '/api:1/service/{connector}/device2/events', { params: { path: { connector } } });

/** Dead letters that one page of the list has. */
export const DeadLetterLimit = 100;

/** Key of the list of dead letters, which is read page by page. */
export const deadLettersKey = (connector: string) =>
  [
    'get',
    '/api:1/service/{connector}/device2/events/deadletters',
    { params: { path: { connector }, query: { limit: DeadLetterLimit } } },
  ] as const;

/** Why an address cannot be a destination, as far as that can be told without the app; undefined when it may be one. */
export function urlProblem(url: string, kind: 'webhook' | 'eventgrid'): string | undefined {
  if (url === '') {
    return 'An address is needed.';
  } else if (url.length > 2_000) {
    return 'An address has at most 2,000 characters.';
  } else if (/[\\\s\p{Cc}]/u.test(url) || !URL.canParse(url) || !/^https?:\/\//i.test(url)) {
    return 'Give a whole address, such as https://events.example.com/murano.';
  }

  const { protocol, username, password, hash } = new URL(url);
  if (username !== '' || password !== '') {
    return 'The address must not hold a user name or password.';
  } else if (hash !== '') {
    return 'The address must not have a fragment.';
  }

  return kind === 'eventgrid' && protocol !== 'https:' ? 'A topic of Event Grid is called by https only.' : undefined;
}

import { query } from '../../api/client';

/** Most tags of a device. */
export const MaxTags = 99;
const MaxName = 80;
const MaxValue = 200;
const Suggested = 100;

/** Values that a tag has on devices of a connector. */
export const tagValuesQuery = (connector: string, name: string) =>
  query.queryOptions(
    'get',
    '/api:1/service/{connector}/device2/tag/{name}',
    { params: { path: { connector, name }, query: { limit: Suggested, counts: 'false' } } },
    { staleTime: 30_000 },
  );

/** Why a text cannot be the name of a tag; empty when it can. */
export const nameProblem = (name: string): string =>
  name === '.' || name === '..' ? 'A name stands in addresses: it cannot be "." or "..".' : problemOf('A name', name, MaxName);

/** Why a text cannot be a value of a tag; empty when it can. */
export const valueProblem = (value: string): string => problemOf('A value', value, MaxValue);

// What the API counts is the escaped text; that it can be longer, it says itself.
function problemOf(what: string, text: string, most: number): string {
  if (text === '') {
    return `${what} is missing.`;
  }

  if (text.length > most) {
    return `${what} has at most ${most} characters.`;
  }

  if (/\p{Cc}/u.test(text)) {
    return `${what} has no control characters.`;
  }

  return /%2F/i.test(text) ? `${what} cannot hold %2F.` : '';
}

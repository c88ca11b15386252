import { describe, expect, it } from 'vitest';
import type { IdentityPage, ListedIdentity } from '../../api/schema';
import { pagesInSight, renewed } from './useDevices';

const device = (identity: string, lastseen = 0): ListedIdentity => ({
  identity,
  auth: { type: 'token', expire: 0 },
  status: 'provisioned',
  locked: false,
  reprovision: false,
  devmode: false,
  lastip: '',
  lastprotocol: '',
  lastseen,
  online: false,
  presence: 'never',
});
const page = (...identities: string[]): IdentityPage => ({ mayLoadMore: true, devices: identities.map((identity) => device(identity)) });

describe('pagesInSight', () => {
  const pages = {
    pages: [page('a', 'b'), page('c', 'd'), page('e', 'f'), page('g')],
    pageParams: [undefined, '1', '2', '3'].map((cursor) => ({ cursor, limit: 2 })),
  };

  it.each([
    [0, 1, [undefined]],
    [1, 2, [undefined, '1']],
    [4, 5, ['2']],
    [6, 20, ['3']],
    [0, 6, [undefined, '1']],
  ])('finds those with rows %i to %i', (first, last, cursors) => {
    expect(pagesInSight(pages, { first, last }).map(({ cursor }) => cursor)).toEqual(cursors);
  });
});

describe('renewed', () => {
  it('puts newer devices in the places of older ones', () => {
    const old = page('a', 'b');
    const now = renewed(old, new Map([['b', device('b', 5)]]));
    expect(now.devices.map(({ lastseen }) => lastseen)).toEqual([0, 5]);
    expect(now.devices[0]).toBe(old.devices[0]);
  });

  it('is the same page when nothing is newer, so that nothing is drawn', () => {
    const old = page('a');
    expect(
      renewed(
        old,
        new Map([
          ['a', device('a')],
          ['z', device('z')],
        ]),
      ),
    ).toBe(old);
  });
});

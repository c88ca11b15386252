import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router';
import { describe, expect, it } from 'vitest';
import { identitySearch, MostValues, shownAliases, valueColumn, withColumns, type IdentitySearch } from './search';

const roundTrip = (search: IdentitySearch): IdentitySearch =>
  identitySearch(defaultParseSearch(defaultStringifySearch(search as Record<string, unknown>)));

describe('the address of the list', () => {
  it.each<IdentitySearch>([
    {},
    { q: 'tag:"site=New York" status:provisioned 00:14:*', order: 'identity', tag: 'site' },
    { q: '12345' },
    { q: 'true' },
    { q: '{"a":1}' },
    { q: '"a b" ', show: [valueColumn('setpoint'), valueColumn('a,b')], hide: ['auth'] },
  ])('says the same after a reload: %j', (search) => {
    expect(roundTrip(search)).toEqual(search);
  });

  it('leaves out what makes no sense', () => {
    expect(identitySearch({ q: '', order: 'up', tag: {}, show: 'x', hide: [1, ''] })).toEqual({});
    expect(identitySearch({ show: ['status', 'value:', 'value:t', 'value:t'] })).toEqual({ show: ['value:t'] });
  });

  it('holds as many columns of values as the API gives values', () => {
    const many = Array.from({ length: 13 }, (_, index) => valueColumn(`t${index}`));
    expect(MostValues).toBe(12);
    expect(identitySearch({ show: many })).toEqual({ show: many.slice(0, 12) });
  });

  it('reads a number that somebody typed as text', () => {
    expect(identitySearch(defaultParseSearch('?q=4711'))).toEqual({ q: '4711' });
  });
});

describe('columns', () => {
  it('are kept as what differs from the usual ones', () => {
    const search = withColumns({ q: 'x' }, ['status', 'auth'], ['status', valueColumn('t')]);
    expect(search).toEqual({ q: 'x', show: ['value:t'], hide: ['auth'] });
    expect(shownAliases(search)).toEqual(['t']);
    expect(withColumns(search, ['status', 'auth'], ['status', 'auth'])).toEqual({ q: 'x' });
  });
});

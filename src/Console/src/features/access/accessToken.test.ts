import { ErrorResponse } from 'oidc-client-ts';
import { beforeEach, expect, test, vi } from 'vitest';
import { queryClient } from '../../app/queryClient';
import { configQuery, type ConsoleConfig } from './config';
import { accessToken } from './entra';
import { enter, leave } from './session';

const { getUser, signinSilent, removeUser, made } = vi.hoisted(() => ({
  getUser: vi.fn(),
  signinSilent: vi.fn(),
  removeUser: vi.fn(),
  made: vi.fn(),
}));

vi.mock('oidc-client-ts', async (original) => ({
  ...(await original<typeof import('oidc-client-ts')>()),
  UserManager: class {
    getUser = getUser;
    signinSilent = signinSilent;
    removeUser = removeUser;
    constructor(settings: unknown) {
      made(settings);
    }
  },
}));

const configure = (entra: ConsoleConfig['entra']) =>
  queryClient.setQueryData(configQuery.queryKey, { version: '1', business: 'murano', devmodeDomain: '', entra });

beforeEach(() => {
  configure({ authority: 'https://login.example.com/t/v2.0', clientId: 'page', scope: 'api://murano/access' });
  getUser.mockReset().mockResolvedValue({ expires_in: 30, access_token: 'old', refresh_token: 'r' });
  signinSilent.mockReset().mockResolvedValue({ access_token: 'new' });
  removeUser.mockReset();
});

test('a token that ends is renewed, once for all who ask', async () => {
  expect(await Promise.all([accessToken(), accessToken()])).toEqual(['new', 'new']);
  expect(signinSilent).toHaveBeenCalledTimes(1);
});

test.each([
  ['out', () => leave()],
  [
    'out, and in with a key',
    () => {
      leave();
      enter({ kind: 'key', secret: 'msk_other' });
    },
  ],
])('who signs %s while a token is renewed leaves none behind', async (_, act) => {
  let renewed: (user: object) => void = () => undefined;
  signinSilent.mockReturnValue(new Promise((done) => (renewed = done)));
  enter({ kind: 'entra' });
  const token = accessToken();
  await vi.waitFor(() => expect(signinSilent).toHaveBeenCalled());
  act();
  expect(removeUser).not.toHaveBeenCalled();
  renewed({ access_token: 'new' });
  expect(await token).toBeUndefined();
  expect(removeUser).toHaveBeenCalledOnce();
  leave();
});

test('codes come back behind the #, where no server sees them', async () => {
  await accessToken();
  expect(made).toHaveBeenCalledWith(expect.objectContaining({ response_type: 'code', response_mode: 'fragment' }));
});

test.each(['invalid_grant', 'interaction_required', 'consent_required', 'login_required', 'invalid_client'])(
  'after %s there is no session any more',
  async (error) => {
    signinSilent.mockRejectedValue(new ErrorResponse({ error }));
    expect(await accessToken()).toBeUndefined();
  },
);

test.each([
  ['a network that fails', new TypeError('Failed to fetch'), 'could not be reached'],
  ['a reply that is none', new Error('Bad Gateway (502)'), 'could not be reached'],
  ['a service that is down', new ErrorResponse({ error: 'temporarily_unavailable' }), 'not available at this moment'],
  ['a service with a fault', new ErrorResponse({ error: 'server_error' }), 'not available at this moment'],
])('%s ends no session, and is told', async (_, error, sentence) => {
  signinSilent.mockRejectedValue(error);
  await expect(accessToken()).rejects.toThrow(sentence);
  signinSilent.mockResolvedValue({ access_token: 'new' });
  expect(await accessToken()).toBe('new');
});

test('where Entra ID was switched off there is no session, and the sentence says so', async () => {
  configure(null);
  expect(await accessToken()).toBeUndefined();
  vi.resetModules();
  const fresh = await import('./entra');
  (await import('../../app/queryClient')).queryClient.setQueryData(configQuery.queryKey, {
    version: '1',
    business: 'murano',
    devmodeDomain: '',
    entra: null,
  });
  await expect(fresh.beginSignIn('/')).rejects.toThrow('not configured here');
});

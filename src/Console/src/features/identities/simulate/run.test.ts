import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { ApiError } from '../../../api/errors';
import { provisioning } from '../../provisioning/provisioning.world';
import { simulate, whyNot } from './run';

afterEach(() => vi.unstubAllGlobals());

const refused = (status: number, message = `The app answered ${status}.`, retryAfter = 0) =>
  new ApiError(status, 'device', message, '', retryAfter);

it.each([
  [403, provisioning(), /devices over https only/],
  [403, provisioning({ auth_type: 'password' }), /Passwords are taken over https only/],
  [404, provisioning(), /host name of this page/],
  [404, provisioning({ ip_whitelisting: { enabled: true, allowed: ['192.0.2.1'] } }), /listed addresses only/],
  [401, provisioning({ auth_type: 'password' }), /several connectors/],
  [401, provisioning(), /401/],
])('a device that was refused with %d: what the settings say of it', (status, settings, sentence) =>
  expect(whyNot(refused(status), settings)).toMatch(sentence),
);

it('a sentence of the app is handed on, with how long to wait', () =>
  expect(whyNot(refused(429, 'Too many new identities.', 7), provisioning())).toBe('Too many new identities. Try again in 7 s.'));

it.each([
  [false, ['PUT', 'activation', 'DELETE']],
  [true, ['activation']],
])('an activation that is refused leaves nothing behind; devices may present themselves: %s', async (presenter, asked) => {
  const calls: [what: string, identity: string][] = [];
  const settings = {
    provisioning: provisioning({ presenter_identity: presenter }),
    identity_format: { type: 'opaque', prefix: '', options: { casing: 'mixed', length: 0 } },
    resources: {},
  };
  vi.stubGlobal('fetch', (request: Request | string, init?: RequestInit) => {
    if (typeof request === 'string') {
      calls.push(['activation', new URLSearchParams(init?.body as URLSearchParams).get('sn') ?? '']);
      return Promise.resolve(new Response('', { status: 404 }));
    } else if (request.method === 'GET') {
      return Promise.resolve(Response.json(settings));
    }

    calls.push([request.method, decodeURIComponent(request.url.split('/').at(-1) ?? '')]);
    return Promise.resolve(new Response(null, { status: 204 }));
  });
  await expect(simulate(new QueryClient(), 'c1')).rejects.toThrow(/The activation was refused/);
  expect(calls.map(([what]) => what)).toEqual(asked);
  expect(new Set(calls.map(([, identity]) => identity)).size).toBe(1);
});

import { expect, it } from 'vitest';
import { ApiError } from '../../../api/errors';
import type { Settings } from '../../../api/schema';
import { whyNot } from './run';

const provisioning = (change: Partial<Settings['provisioning']> = {}): Settings['provisioning'] => ({
  auth_type: 'token',
  enabled: true,
  generate_identity: false,
  presenter_identity: true,
  ip_whitelisting: { enabled: false, allowed: [] },
  ...change,
});
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

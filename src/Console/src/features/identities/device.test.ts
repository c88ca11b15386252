import { expect, it } from 'vitest';
import { credentialProblem, randomPassword, randomToken } from './credential';
import { credentialText, windowText } from './deviceText';
import { localTime, microsOf } from './localTime';

it('a credential is looked at before it is sent', () => {
  expect(credentialProblem('token', 'a1B2'.repeat(10))).toBe('');
  expect(credentialProblem('token', 'a'.repeat(39))).not.toBe('');
  expect(credentialProblem('token', `${'a'.repeat(39)}-`)).not.toBe('');
  expect(credentialProblem('password', 'x'.repeat(19))).not.toBe('');
  expect(credentialProblem('password', 'x'.repeat(20))).toBe('');
  expect(credentialProblem('password', 'x'.repeat(257))).not.toBe('');
  expect(credentialProblem('certificate', 'text')).toContain('PEM');
  expect(credentialProblem('certificate', '-----BEGIN EC PRIVATE KEY-----')).toContain('private key');
  expect(credentialProblem('certificate', '-----BEGIN CERTIFICATE-----')).toBe('');
});

it('a time goes into an input and comes out of it, to the minute', () => {
  const micros = new Date(2040, 0, 2, 3, 4).getTime() * 1000;
  expect(localTime(micros)).toBe('2040-01-02T03:04');
  expect(microsOf(localTime(micros))).toBe(micros);
  expect(microsOf('')).toBeUndefined();
  expect(microsOf('1960-01-01T00:00')).toBeUndefined();
});

it('the window for activation is told in words', () => {
  const auth = { type: 'token', expire: 0 } as const;
  expect(windowText({ auth, status: 'whitelisted', reprovision: false }, 0)).toBe('No end');
  expect(windowText({ auth, status: 'provisioned', reprovision: false }, 0)).toBe('It has activated');
  expect(windowText({ auth, status: 'provisioned', reprovision: true }, 0)).toBe('Once more, no end');
  expect(windowText({ auth: { ...auth, expire: 5e6 }, status: 'expired', reprovision: false }, 6e3)).toMatch(/^Ended /);
  expect(windowText({ auth: { ...auth, expire: 5e6 }, status: 'whitelisted', reprovision: false }, 4e3)).toMatch(/^Until /);
  expect(credentialText({ auth, status: 'whitelisted' })).toBe('Token, not given yet');
  expect(credentialText({ auth, status: 'provisioned' })).toBe('Token');
});

it('credentials that are made up are of the form that the app takes', () => {
  expect(randomToken()).toMatch(/^[0-9a-f]{40}$/);
  expect(credentialProblem('token', randomToken())).toBe('');
  expect(randomPassword()).toMatch(/^[\w-]{32}$/);
  expect(credentialProblem('password', randomPassword())).toBe('');
});

import { expect, test } from 'vitest';
import type { Settings } from '../../api/schema';
import { provisioning } from '../provisioning/provisioning.world';
import { commandNotes, firstWriteCommand, whyNoCommand } from './firstWrite';

const device = { identity: "00:14 it's", password: 'p-_4' };

test('with a token: it is what the activation answers', () => {
  const command = firstWriteCommand('http://app', 'c1', { provisioning: provisioning(), resources: {} }, device);
  expect(command.split('\n')).toEqual([
    String.raw`TOKEN=$(curl -s -d 'vendor=c1&model=c1&sn=00%3A14%20it'\''s' http://app/provision/activate)`,
    `curl -i -H "X-Exosite-CIK: $TOKEN" -d 'temperature=21.5' http://app/onep:v1/stack/alias`,
  ]);
});

test('with a password: the device brings it, and logs on with it', () => {
  const resources: Settings['resources'] = { 'flow rate': { format: 'number', unit: '', settable: false, sync: true, allowed: [] } };
  const settings = { provisioning: provisioning({ auth_type: 'password' }), resources };
  const command = firstWriteCommand('https://c1.example', 'c1', settings, device);
  expect(command.split('\n')).toEqual([
    String.raw`curl -i -d 'vendor=c1&id=00%3A14%20it'\''s&password=p-_4' https://c1.example/provision/activate`,
    String.raw`curl -i -u '00:14 it'\''s:p-_4' -d 'flow%20rate=21.5' https://c1.example/onep:v1/stack/alias`,
  ]);
});

test.each([
  ['http://app', {}, /^$/],
  ['http://app', { enabled: false }, /switched off/],
  ['http://app', { presenter_identity: false }, /make one first/],
  ['http://app', { auth_type: 'certificate' }, /API reference/],
  ['http://app', { auth_type: 'password' }, /over https only/],
  ['https://app', { auth_type: 'password' }, /^$/],
] as const)('at %s with %j: why there is no command line', (base, change, sentence) =>
  expect(whyNoCommand(base, { provisioning: provisioning(change) })).toMatch(sentence),
);

test.each([
  ['c1.example', {}, []],
  ['c1.example', { auth_type: 'password' }, []],
  ['app.example', { auth_type: 'password' }, [/share a host name/]],
  ['c1.example', { ip_whitelisting: { enabled: true, allowed: [] } }, [/allowed addresses only/]],
] as const)('under %s with %j: what may refuse it', (fqdn, change, sentences) =>
  expect(commandNotes('c1', { fqdn, provisioning: provisioning(change as Partial<Settings['provisioning']>) })).toEqual(
    sentences.map((sentence) => expect.stringMatching(sentence) as string),
  ),
);

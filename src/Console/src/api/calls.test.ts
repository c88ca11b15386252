import { expect, test } from 'vitest';
import { callOf, curlOf, noteCall, notedCalls } from './calls';

const Url = 'https://app.example/api:1/service/c1/device2/jobs';

function table(dryRun: string): Request {
  const form = new FormData();
  form.append('identities', new File(['ID\npump-1\n'], 'identities.csv', { type: 'text/csv' }));
  form.append('dryRun', dryRun);
  return new Request(Url, { method: 'POST', body: form });
}

const json = (body: unknown, url = Url, method = 'POST') =>
  new Request(url, { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });

test('an import is shown with its file and its fields', async () => {
  expect(curlOf(await callOf(table('false')))).toBe(
    `curl -H "Authorization: token $KEY" -X POST -F 'identities=@identities.csv' --form-string 'dryRun=false' '${Url}'`,
  );
});

test('a body of JSON is shown as it is, in quotes that a shell leaves alone', async () => {
  const command = curlOf(await callOf(json({ name: "it's" })));
  expect(command).toContain(String.raw`-X POST -H 'Content-Type: application/json' -d '{"name":"it'\''s"}'`);
});

test('a dry run and a preview are no change', async () => {
  const calls = [
    table('true'),
    table('false'),
    json({ kind: 'lock', dryRun: true }),
    json({ kind: 'lock', dryRun: false }),
    json({}, `${Url}?dryRun=true`),
    json({ kind: 'lock', preview: true }),
    json({}),
    json(null),
    new Request(Url, { method: 'DELETE' }),
  ];
  const noted = await Promise.all(calls.map(callOf));
  expect(noted.map(({ isTrial }) => isTrial)).toEqual([true, false, true, false, true, true, false, false, false]);
});

test('secrets are not kept', async () => {
  noteCall(await callOf(json({ auth: { password: 'guess' }, destination: { url: 'https://e.example/?code=guess' } })));
  noteCall({ method: 'POST', url: 'https://app.example/content/signed/a.txt?signature=guess', body: '', isSigned: true });
  expect(JSON.stringify(notedCalls())).not.toContain('guess');
});

test('an address that lets its holder in is called without a key', () => {
  const form = [
    { name: 'type', text: 'text/plain' },
    { name: 'file', file: 'a.txt' },
  ];
  expect(curlOf({ method: 'POST', url: 'https://app.example/signed/a.txt?***', body: '', form, isSigned: true })).toBe(
    `curl -X POST --form-string 'type=text/plain' -F 'file=@a.txt' 'https://app.example/signed/a.txt?***'`,
  );
});

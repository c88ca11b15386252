// The settings of a connector, section by section.
import { readFile } from 'node:fs/promises';
import { Certificate } from './certificate.mjs';
import { receive } from './receiver.mjs';

const save = async (page) => {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).first().waitFor();
  await page.getByText('Saved', { exact: true }).first().waitFor({ state: 'hidden' });
};

export const tests = {
  // spec: console.settings/1, console.settings/6
  'general: name, description, port and developer mode with its warning': async ({ page, at, api, service, assert, connector, axe, until }) => {
    await page.goto(at('/settings'));
    const { fqdn } = await api('GET', `${service}/device2`);
    await page.getByText(fqdn, { exact: true }).first().waitFor();
    await page.getByText('HTTP (onep)').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('Pumps of the north');
    await page.getByLabel('Description').fill('All of them');
    await page.getByLabel('Port').fill('0');
    await page.getByText('A port is a number from 1 to 65535').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled());
    await page.getByLabel('Port').fill('8443');
    await page.getByLabel('Developer mode').check();
    await page.getByText('Whoever is on the way reads their tokens and values').waitFor();
    // The message is in a landmark of its own, at the lower end of the window.
    await page.getByRole('button', { name: 'Save' }).click();
    const message = page.getByRole('region', { name: 'Messages' }).getByRole('listitem').getByText('Saved', { exact: true });
    await message.waitFor();
    await until('it stands there', async () => {
      const { x, y } = (await message.boundingBox()) ?? { x: 0, y: 0 };
      const { width, height } = page.viewportSize();
      return x > width / 2 && x < width && y > height / 2 && y < height;
    });
    assert.deepEqual(await axe(), []);
    await message.waitFor({ state: 'hidden' });
    const settings = await api('GET', `${service}/device2`);
    assert.equal(settings.name, 'Pumps of the north');
    assert.equal(settings.description, 'All of them');
    assert.deepEqual(settings.protocol, { name: 'onep', devmode: true, port: 8443 });
    // The switcher has the new name, and the endpoint has two forms now.
    await page.getByRole('button', { name: 'Connector Pumps of the north' }).waitFor();
    await page.getByText(`${connector}.devmode-`, { exact: false }).first().waitFor();
    assert.deepEqual(await axe(), []);
  },

  // spec: console.everywhere/2
  'copy endpoint: the https host name, and in developer mode the http one too': async ({ open, at, api, service, connector, assert }) => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    const { fqdn } = await api('GET', `${service}/device2`);
    await page.goto(at('/resources'));
    await page.getByRole('button', { name: 'Copy endpoint' }).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), fqdn);
    await api('PATCH', `${service}/device2`, { protocol: { devmode: true } });
    await page.reload();
    await page.getByRole('button', { name: 'Copy endpoint' }).click();
    await page.getByRole('menuitem', { name: 'Plain http, developer mode' }).click();
    await page.getByText('Copied').first().waitFor();
    assert.ok((await page.evaluate(() => navigator.clipboard.readText())).startsWith(`${connector}.devmode-`));
    await page.getByRole('button', { name: 'Copy endpoint' }).click();
    await page.getByRole('menuitem', { name: 'https' }).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), fqdn);
  },

  // spec: console.settings/2
  'identity format: type, prefix, length and casing, with a tester for a sample identity': async ({ page, at, api, service, assert, axe }) => {
    await page.goto(at('/settings/identity'));
    await page.getByLabel('Type').selectOption({ label: 'Base 16' });
    await page.getByLabel('Prefix').fill('SN-');
    await page.getByLabel('Length').fill('4');
    await page.getByLabel('Casing').selectOption({ label: 'Upper case' });
    const result = page.getByRole('region', { name: 'Try an identity' }).getByRole('status');
    for (const [sample, text] of [
      ['SN-00AF', 'This identity is of the format.'],
      ['SN-00af', 'not of the type base16 in upper case'],
      ['SN-00A', 'has 3 characters, not 4'],
      ['00AF', 'does not begin with "SN-"'],
    ]) {
      await page.getByLabel('Sample identity').fill(sample);
      await result.getByText(text).waitFor();
    }

    await save(page);
    assert.deepEqual((await api('GET', `${service}/device2`)).identity_format, { prefix: 'SN-', type: 'base16', options: { casing: 'upper', length: 4 } });
    assert.deepEqual(await axe(), []);
  },

  // spec: console.settings/3
  'provisioning: on or off, own identities, made-up ones, and the list of addresses': async ({ page, at, api, service, assert, axe }) => {
    await page.goto(at('/settings/provisioning'));
    assert.ok(await page.getByLabel('Devices may present their own identity').isChecked());
    await page.getByLabel('Devices may present their own identity').uncheck();
    await page.getByLabel('Make up identities').check();
    await page.getByLabel('Only from allowed IP addresses').check();
    await page.getByText('The list is empty: no new device is let in.').waitFor();
    await page.getByLabel('Address or range').fill('203.0.113.0/33');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('The number behind the slash is from 0 to 32.').waitFor();
    await page.getByLabel('Address or range').fill('203.0.113.0/24');
    await page.keyboard.press('Enter');
    await page.getByLabel('Address or range').fill('2001:db8::/32');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove 203.0.113.0/24' }).click();
    // What somebody else decides in another section, or puts into the list, stays.
    await api('PATCH', `${service}/device2`, { description: 'Theirs', provisioning: { ip_whitelisting: { allowed: ['198.51.100.7'] } } });
    await save(page);
    const settings = await api('GET', `${service}/device2`);
    assert.equal(settings.description, 'Theirs');
    assert.deepEqual(settings.provisioning, {
      auth_type: 'token',
      enabled: true,
      generate_identity: true,
      presenter_identity: false,
      ip_whitelisting: { enabled: true, allowed: ['198.51.100.7', '2001:db8::/32'] },
    });
    assert.deepEqual(await axe(), []);
  },

  // spec: console.settings/4
  'authentication: token, password, certificate without or with a CA, whose subject and expiry are shown': async ({ page, at, api, service, assert, axe }) => {
    await page.goto(at('/settings/authentication'));
    const store = async () => {
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Not saved yet.').waitFor({ state: 'detached' });
      return api('GET', `${service}/device2`);
    };
    await page.getByLabel('A password of their own').check();
    assert.equal((await store()).provisioning.auth_type, 'password');
    await page.getByLabel('A TLS client certificate').check();
    assert.ok(await page.getByLabel('Anywhere:').isChecked());
    const without = await store();
    assert.equal(without.provisioning.auth_type, 'certificate');
    assert.ok(!without.pki?.enabled);
    await page.getByLabel('A CA:').check();
    await page.getByText('There is no certificate in PEM here').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled());
    const key = ['-----BEGIN PRIVATE', 'KEY-----'].join(' ');
    await page.getByRole('textbox', { name: 'Certificates of the CA' }).fill(`${Certificate}\n${key}`);
    await page.getByText('This holds a private key').waitFor();
    await page.locator('input[type=file]').setInputFiles({ name: 'ca.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(Certificate) });
    const certificate = page.getByRole('list', { name: 'Certificates of the CA' }).getByRole('listitem');
    await certificate.getByText('CN=Factory CA').waitFor();
    await certificate.getByText(/Expires .*2126/).waitFor();
    const settings = await store();
    assert.equal(settings.provisioning.auth_type, 'certificate');
    assert.deepEqual(settings.pki, { enabled: true, client_ca: Certificate });
    await page.getByText('Saved', { exact: true }).first().waitFor({ state: 'hidden' });
    assert.deepEqual(await axe(), []);
  },

  'what the app refuses is told at the field': async ({ page, at }) => {
    await page.goto(at('/settings/events'));
    await page.getByLabel('Deliver events').check();
    await page.getByLabel('Topic of Azure Event Grid').check();
    await page.getByRole('textbox', { name: 'Address' }).fill('https://u:p@events.example.com/');
    await page.getByText('must not hold a user name or password').waitFor();
    await page.getByRole('textbox', { name: 'Address' }).fill('https://events.example.com/?***');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('form', { name: 'Events' }).getByText('has a hidden query').first().waitFor();
  },

  // spec: console.settings/5+
  'events: destination, types, test button with its result, secret shown once': async ({ page, at, api, service, assert, axe }) => {
    const answer = { code: 204 };
    const receiver = await receive(answer);
    try {
      await page.goto(at('/settings/events'));
      await page.getByLabel('Deliver events').check();
      await page.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
      await page.getByLabel('publish').uncheck();
      await save(page);
      const { events } = await api('GET', `${service}/device2`);
      assert.deepEqual(events.destination, { type: 'webhook', url: receiver.url });
      assert.deepEqual(events.types, ['provisioned', 'connect', 'disconnect', 'data_in', 'data_out', 'content_in', 'deleted', 'expired']);

      await page.getByRole('button', { name: 'Send a test event' }).click();
      await page.getByText('The test event arrived.').waitFor();
      assert.equal(receiver.got[0].body.type, 'murano.test');
      answer.code = 410;
      await page.getByRole('button', { name: 'Send a test event' }).click();
      await page.getByText('The test event did not arrive.').waitFor();

      await page.getByRole('button', { name: 'Make a new secret…' }).click();
      await page.getByRole('button', { name: 'Make secret' }).click();
      const secret = page.getByRole('alertdialog', { name: 'Secret of the webhook' });
      await secret.getByText(/^whsec_/).waitFor();
      assert.deepEqual(await axe(), []);
      await secret.getByRole('button', { name: 'Done' }).click();
      assert.equal(await page.getByText(/whsec_/).count(), 0);

      await page.getByLabel('Deliver events').uncheck();
      await save(page);
      assert.equal((await api('GET', `${service}/device2`)).events.destination, undefined);
    } finally {
      receiver.close();
    }
  },

  // spec: console.settings/5+
  'dead letters: a table with the whole event, sent again or discarded, one or all': async ({ page, at, api, service, assert, activate, write, until, axe }) => {
    const answer = { code: 400 };
    const receiver = await receive(answer);
    try {
      await api('PATCH', `${service}/device2`, { events: { types: ['data_in'], destination: { type: 'webhook', url: receiver.url } } });
      const token = await activate('pump-1');
      for (let i = 0; i < 4; i++) {
        await write(token, { temperature: String(i) });
      }

      await until('four dead letters', async () => (await api('GET', `${service}/device2/events`)).deadletters.count === 4);
      await page.goto(at('/settings/events'));
      const table = page.getByRole('grid', { name: 'Dead letters' });
      const rows = table.getByRole('row').filter({ hasText: 'pump-1' });
      await rows.nth(3).waitFor();
      await rows.first().getByText('400').waitFor();
      assert.deepEqual(await axe(), []);

      await rows.first().click();
      const dialog = page.getByRole('dialog', { name: 'data_in of pump-1' });
      await dialog.getByText('"temperature": "0"').waitFor();
      await dialog.getByRole('button', { name: 'Send again' }).click();
      await dialog.getByRole('alert').getByText('400').waitFor();
      answer.code = 204;
      await dialog.getByRole('button', { name: 'Send again' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.getByText('3 in all').waitFor();

      await rows.first().click();
      await dialog.getByRole('button', { name: 'Discard' }).click();
      await dialog.getByText('Press Discard once more').waitFor();
      await dialog.getByRole('button', { name: 'Discard' }).click();
      await page.getByText('2 in all').waitFor();

      answer.code = 400;
      await page.getByRole('button', { name: 'Send all again' }).click();
      const results = page.getByRole('dialog', { name: 'Dead letters' });
      await results.getByText('0 arrived, 2 did not.').waitFor();
      await results.getByRole('row').filter({ hasText: 'failed' }).nth(1).waitFor();
      assert.deepEqual(await axe(), []);
      const [list] = await Promise.all([page.waitForEvent('download'), results.getByRole('button', { name: 'Save results' }).click()]);
      assert.match(await readFile(await list.path(), 'utf8'), /^id,result,problem(\r\n[^,]+pump-1[^,]*,failed,[^\r]*400[^\r]*){2}\r\n$/);
      await results.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('button', { name: 'Discard all…' }).click();
      await page.getByRole('dialog', { name: 'Discard all dead letters?' }).getByRole('button', { name: 'Discard all' }).click();
      await page.getByText('2 events were discarded').first().waitFor();
      await page.getByText('There are none.').waitFor();
      assert.equal((await api('GET', `${service}/device2/events`)).deadletters.count, 0);
    } finally {
      receiver.close();
    }
  },

  // spec: console.settings/5++
  'API keys: made with role, connector and expiry, secret shown once, revoked, and listed': async ({ page, open, at, base, service, assert, axe, label }) => {
    await page.goto(at('/settings/keys'));
    await page.getByText('You', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'New key' }).click();
    const dialog = page.getByRole('dialog', { name: 'New API key' });
    const name = `ann-${label}`;
    await dialog.getByLabel('Name').fill('a:b');
    await dialog.getByText('A name has no colon.').waitFor();
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Role').selectOption('operator');
    await dialog.getByLabel('Expires').selectOption({ label: 'In 30 days' });
    await dialog.getByRole('button', { name: 'Make key' }).click();
    const shown = page.getByRole('alertdialog', { name: `The key ${name}` });
    const secret = await shown.locator('code').filter({ hasText: 'msk_' }).innerText();
    await shown.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('grid', { name: 'API keys' }).getByRole('row').filter({ hasText: name });
    await row.getByText('operator', { exact: true }).waitFor();
    await row.getByText(label, { exact: true }).waitFor();
    // Never used so far, unlike the one that is signed in here.
    await row.getByText('never', { exact: true }).waitFor();
    await page.getByRole('row').filter({ hasText: 'You' }).getByText(/ago|now/).first().waitFor();
    assert.equal(await page.getByText(secret).count(), 0);
    assert.deepEqual(await axe(), []);

    const theirs = await open({ secret });
    await theirs.goto(at('/settings'));
    await theirs.getByText('Your role may look at these settings').waitFor();
    await page.getByRole('button', { name: `Revoke ${name}` }).click();
    await page.getByRole('dialog', { name: `Revoke ${name}?` }).getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await row.waitFor({ state: 'hidden' });
    assert.equal((await fetch(`${base}${service}/device2`, { headers: { authorization: `token ${secret}` } })).status, 401);
    // Whoever was shut out is told why, and comes back to their place after signing in again.
    await theirs.getByRole('link', { name: 'Identity format' }).click();
    await theirs.reload();
    await theirs.getByLabel('API key').waitFor();
    await theirs.reload();
    await theirs.getByText('This API key is not known').waitFor();
    assert.equal(new URL(theirs.url()).searchParams.get('to')?.replaceAll('"', ''), at('/settings/identity').replace('/console', ''));
  },

  'activity: what was changed, by whom': async ({ page, at, api, service, axe, assert }) => {
    await api('POST', `${service}/device2/resource/temperature`, { format: 'number' });
    await page.goto(at('/settings/activity'));
    const row = page.getByRole('grid', { name: 'Activity' }).getByRole('row').filter({ hasText: 'resource/temperature' });
    await row.getByText('204').waitFor();
    await row.getByText('admin', { exact: true }).waitFor();
    assert.deepEqual(await axe(), []);
  },

  'changes that are not saved are asked about when one leaves': async ({ page, at, api, service, assert }) => {
    await page.goto(at('/settings/identity'));
    await page.getByLabel('Prefix').fill('X-');
    await page.getByRole('link', { name: 'Provisioning' }).click();
    const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Stay' }).click();
    assert.equal(await page.getByLabel('Prefix').inputValue(), 'X-');
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await page.getByLabel('Prefix').inputValue(), '');
    await page.getByLabel('Prefix').fill('Y-');
    await page.getByRole('link', { name: 'Provisioning' }).click();
    await question.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Provisioning' }).waitFor();
    assert.equal((await api('GET', `${service}/device2`)).identity_format.prefix, '');
  },

  'the danger zone deletes the connector after its name was typed': async ({ page, at, api, label, assert, connector }) => {
    await page.goto(at('/settings'));
    await page.getByRole('button', { name: 'Delete connector…' }).click();
    const dialog = page.getByRole('dialog', { name: `Delete ${label}?` });
    assert.ok(await dialog.getByRole('button', { name: 'Delete connector' }).isDisabled());
    await dialog.getByLabel(`Type "${label}" to go on`).fill(label);
    await dialog.getByRole('button', { name: 'Delete connector' }).click();
    await page.waitForURL((url) => !url.pathname.includes(connector));
    assert.ok(!(await api('GET', '/api:1/business/murano/solution/')).some(({ apiId }) => apiId === connector));
  },

  // spec: console.everywhere/3+++
  'a viewer sees the settings and no button, and the API refuses a change': async ({ open, at, keyOf, base, service, visit, assert }) => {
    const secret = await keyOf('viewer');
    const page = await open({ secret });
    for (const path of ['', '/identity', '/provisioning', '/authentication', '/events']) {
      await visit(at(`/settings${path}`), page);
      await page.getByText('Your role may look at these settings').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0);
      assert.equal(await page.getByRole('button', { name: 'Delete connector…' }).count(), 0);
    }

    assert.equal(await page.getByRole('link', { name: 'API keys' }).count(), 0);
    await visit(at('/settings/keys'), page);
    await page.getByText('Your role may not see keys.').waitFor();
    for (const [method, path, body] of [
      ['PATCH', `${service}/device2`, '{"name":"theirs"}'],
      ['POST', `${service}/device2/events/secret`, undefined],
      ['GET', '/api:1/key', undefined],
      ['GET', '/api:1/audit', undefined],
    ]) {
      const reply = await fetch(base + path, { method, body, headers: { authorization: `token ${secret}`, 'content-type': 'application/json' } });
      assert.equal(reply.status, 403, `${method} ${path}`);
    }
  },

  'an operator may send a test event and act on dead letters, and nothing else': async ({ open, at, api, keyOf, service, assert }) => {
    await api('PATCH', `${service}/device2`, { events: { types: ['data_in'], destination: { type: 'webhook', url: 'http://127.0.0.1:9/' } } });
    const page = await open({ secret: await keyOf('operator') });
    await page.goto(at('/settings/events'));
    await page.getByRole('button', { name: 'Send a test event' }).click();
    await page.getByText('The test event did not arrive.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Make a new secret…' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0);
  },
};

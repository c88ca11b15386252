// The page of a device: its facts, values, tags and settings; simulated devices.
import { Certificate, Owner } from './certificate.mjs';

const Resources = {
  temperature: { format: 'number', unit: 'C' },
  setpoint: { format: 'number', unit: 'C', settable: true, allowed: ['5:30'] },
  mode: { format: 'string', settable: true, allowed: ['eco', ' very  cosy'] },
  on: { format: 'boolean', settable: true },
};

const define = ({ api, service }, resources = Resources) => api('PATCH', `${service}/device2`, { resources });
const row = (page, alias) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${alias}\\b`) }) });
const stateOf = async ({ api, service }, identity) => api('GET', `${service}/device2/identity/${identity}/state`);

async function set(page, alias, choose) {
  await row(page, alias).getByRole('button', { name: `Set ${alias}` }).click();
  await choose(page.getByLabel(`New value of ${alias}`));
  // The form of a value that was set before may still be there.
  await row(page, alias).getByRole('button', { name: 'Set', exact: true }).click();
}

export const tests = {
  // spec: console.devices/8
  'the header says who the device is, where it stands and when it was seen': async (world) => {
    const { page, at, activate, write, api, service, assert } = world;
    await define(world);
    const token = await activate('pump-1');
    await write(token, { temperature: '21.5' });
    await page.goto(at('/devices/pump-1'));
    await page.getByRole('heading', { level: 1, name: 'pump-1' }).waitFor();
    const facts = page.getByLabel('Facts');
    await facts.getByText('Provisioned').waitFor();
    await facts.getByText('Online').waitFor();
    await facts.getByText(/^https?$/).waitFor();
    await facts.getByText('Token', { exact: true }).waitFor();
    await facts.getByText('127.0.0.1').waitFor();
    await facts.getByText('It has activated').waitFor();
    const lastSeen = facts.locator('div', { has: page.getByText('Last seen', { exact: true }) }).getByRole('definition');
    assert.match(await lastSeen.innerText(), /^(now|\d+ \w+\.? ago)\n.*\d{4}, \d+:\d+:\d+/);
    const { lastseen } = await api('GET', `${service}/device2/identity/pump-1`);
    assert.equal(await lastSeen.locator('time').getAttribute('datetime'), new Date(lastseen / 1000).toISOString());
    assert.equal(await page.title(), 'pump-1 · Murano.Serverless');

    await api('PUT', `${service}/device2/identity/pump-2`, { auth: { expire: 1_000_000 } });
    await world.visit(at('/devices/pump-2'));
    await facts.getByText('Never seen').waitFor();
    assert.equal(await lastSeen.innerText(), 'never');
    await facts.getByText('Expired').waitFor();
    await facts.getByText(/^Ended .*1970/).waitFor();
    await facts.getByText('Token, not given yet').waitFor();
  },

  'the way back leads to the list as it was': async ({ page, at, activate }) => {
    await activate('pump-1');
    await page.goto(at('/devices?q=locked%3Ano'));
    await page.getByRole('heading', { level: 1, name: 'Devices' }).waitFor();
    await page.evaluate((path) => {
      history.pushState(null, '', path);
      dispatchEvent(new PopStateEvent('popstate'));
    }, at('/devices/pump-1'));
    await page.getByRole('heading', { level: 1, name: 'pump-1' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Devices' }).click();
    await page.waitForURL((url) => url.pathname === at('/devices') && url.searchParams.get('q') === 'locked:no');
  },

  'an identity that is not known is said to be so, and can be made': async ({ page, at, api, service, assert }) => {
    await page.goto(at('/devices/nobody'));
    await page.getByText('There is no such device').waitFor();
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByLabel('Facts').getByText('Whitelisted').waitFor();
    assert.equal((await api('GET', `${service}/device2/identity/nobody`)).status, 'whitelisted');
  },

  // spec: console.devices/9
  'values appear as the device writes them, with unit and age': async (world) => {
    const { page, at, activate, write, assert, axe } = world;
    await define(world);
    const token = await activate('pump-1');
    await page.goto(at('/devices/pump-1'));
    await row(page, 'temperature').getByText('nothing yet').waitFor();
    await write(token, { temperature: '21.5' });
    await row(page, 'temperature').getByText('21.5').waitFor();
    await row(page, 'temperature').getByRole('rowheader', { name: /temperature \(C\).*number, only reported/ }).waitFor();
    await row(page, 'temperature').getByRole('cell').first().locator('time').waitFor();
    await row(page, 'setpoint').getByText('allowed: 5 to 30').waitFor();
    await world.visit(at('/devices/pump-1?alias=SET'));
    await row(page, 'setpoint').waitFor();
    assert.equal(await row(page, 'temperature').count(), 0);
    await page.getByRole('searchbox', { name: 'Find a resource' }).fill('temp');
    await row(page, 'temperature').waitFor();
    assert.equal(await row(page, 'setpoint').count(), 0);
    // While the app cannot be reached, what stands there is told to be old.
    const device = '**/device2/identity/pump-1?*';
    await page.route(device, (route) => route.abort());
    const old = page.getByText('What stands here may be old.');
    await old.waitFor();
    await row(page, 'temperature').getByText('21.5').waitFor();
    assert.deepEqual(await axe(), []);
    await page.unroute(device);
    await old.waitFor({ state: 'detached' });
  },

  // spec: console.devices/9
  'a value that is set is pending until the device acknowledges it': async (world) => {
    const { page, at, activate, write, until, assert } = world;
    await define(world);
    const token = await activate('pump-1');
    await write(token, { setpoint: '20' });
    await page.goto(at('/devices/pump-1'));
    await row(page, 'setpoint').getByText('The device has it').waitFor();
    await set(page, 'setpoint', (field) => field.fill('22'));
    await row(page, 'setpoint').getByText('Pending').waitFor();
    await row(page, 'setpoint').getByText('20', { exact: true }).waitFor();
    await until('the app has the command', async () => (await stateOf(world, 'pump-1')).setpoint.set === 22);
    // Both sides have an age, also for who saw neither happen.
    await page.reload();
    await row(page, 'setpoint').getByText('Pending').waitFor();
    assert.equal(await row(page, 'setpoint').locator('time').count(), 2);
    await write(token, { setpoint: '22' });
    await row(page, 'setpoint').getByText('The device has it').waitFor();
    await row(page, 'setpoint').getByText('Pending').waitFor({ state: 'detached' });

    await set(page, 'mode', (field) => field.selectOption({ index: 1 }));
    await set(page, 'on', (field) => field.selectOption('true'));
    await row(page, 'on').getByText('Pending').waitFor();
    await until('they are set', async () => {
      const { mode, on } = await stateOf(world, 'pump-1');
      return mode?.set === ' very  cosy' && on?.set === true;
    });
  },

  // spec: console.devices/9
  'a value out of range is refused at its field, by the page and by the app': async (world) => {
    const { page, at, activate, assert, axe } = world;
    await define(world);
    await activate('pump-1');
    await page.goto(at('/devices/pump-1'));
    await set(page, 'setpoint', (field) => field.fill('99'));
    await page.getByText('Allowed: 5 to 30.', { exact: true }).last().waitFor();
    assert.equal(await page.getByLabel('New value of setpoint').getAttribute('aria-invalid'), 'true');
    await page.getByLabel('New value of setpoint').fill('warm');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByText('This is not a number').waitFor();

    // What the page does not know yet, the app does.
    await define(world, { ...Resources, setpoint: { ...Resources.setpoint, allowed: ['5:10'] } });
    await page.getByLabel('New value of setpoint').fill('20');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByText('not allowed').waitFor();
    assert.deepEqual(await axe(), []);
    await page.getByLabel('New value of setpoint').press('Escape');
    await page.getByLabel('New value of setpoint').waitFor({ state: 'detached' });
    assert.ok(await page.getByRole('button', { name: 'Set setpoint' }).evaluate((button) => new Promise((done) => requestAnimationFrame(() => done(button === document.activeElement)))), 'the focus returns');
    assert.equal((await stateOf(world, 'pump-1')).setpoint?.set, undefined);
  },

  // spec: console.devices/9+
  'a name that is no resource is seen live and can become one': async (world) => {
    const { page, at, activate, write, until, api, service } = world;
    await define(world, {});
    const token = await activate('pump-1');
    await page.goto(at('/devices/pump-1'));
    await page.getByText('There are no resources yet').waitFor();
    const offer = page.getByRole('button', { name: 'Make pressure a resource' });
    await until('the live log shows what is written', async () => {
      await write(token, { pressure: '1013' });
      return offer.isVisible();
    });
    await offer.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Unit').fill('hPa');
    world.assert.deepEqual(await world.axe(), []);
    await dialog.getByRole('button', { name: 'Make resource' }).click();
    await row(page, 'pressure').waitFor();
    const { format, unit } = await api('GET', `${service}/device2/resource/pressure`);
    world.assert.deepEqual({ format, unit }, { format: 'number', unit: 'hPa' });
  },

  // spec: console.devices/9+
  'numbers that are seen make a chart with a sentence for who cannot see it': async (world) => {
    const { page, at, activate, write, axe, assert } = world;
    await define(world);
    const token = await activate('pump-1');
    await write(token, { temperature: '20' });
    await page.goto(at('/devices/pump-1'));
    await row(page, 'temperature').getByText('20', { exact: true }).waitFor();
    await write(token, { temperature: '23' });
    await page.getByRole('img', { name: /temperature: 2 values in .*last 23 C, lowest 20 C, highest 23 C/ }).waitFor();
    assert.ok(await page.locator('canvas').isVisible());
    assert.deepEqual(await axe(), []);
  },

  // spec: console.devices/10
  'tags are added, changed and deleted, with several values for a name': async (world) => {
    const { page, at, activate, api, service, until, assert, axe } = world;
    await activate('pump-1');
    await activate('pump-2');
    await api('POST', `${service}/device2/identity/pump-2/tag`, { tags: { owner: ['bob'] } });
    const tags = () => api('GET', `${service}/device2/identity/pump-1/tag`);
    await page.goto(at('/devices/pump-1/tags'));
    const form = page.getByRole('form', { name: 'New tag' });
    const add = async (name, value) => {
      await form.getByLabel('Name').fill(name);
      await form.getByLabel('Value').fill(value);
      await form.getByRole('button', { name: 'Add tag' }).click();
    };
    const isFocused = (name) => page.getByRole('button', { name }).evaluate((button) => button === document.activeElement);
    await until('names in use are suggested', async () => (await page.locator('datalist option[value=owner]').count()) === 1);
    await add('site', 'Taipei');
    await page.getByRole('button', { name: 'Delete site: Taipei' }).waitFor();
    await add('site', 'Oslo');
    await page.getByRole('button', { name: 'Delete site: Oslo' }).waitFor();
    assert.deepEqual(await tags(), { site: ['Oslo', 'Taipei'] });
    await add('site', 'Oslo');
    await page.getByText('The device has this value already.').waitFor();
    await add('..', 'x'.repeat(201));
    await page.getByText('it cannot be "." or "..".').waitFor();
    await page.getByText('A value has at most 200 characters.').waitFor();
    assert.deepEqual(await axe(), []);

    await page.getByRole('button', { name: 'Change site: Oslo' }).click();
    await page.getByLabel('New value of site').fill('Bergen');
    await page.getByRole('button', { name: 'Save' }).click();
    await until('the focus is on the new value', () => isFocused('Change site: Bergen'));
    assert.deepEqual(await tags(), { site: ['Bergen', 'Taipei'] });
    await page.getByRole('button', { name: 'Delete site: Taipei' }).click();
    await page.getByRole('button', { name: 'Delete site: Taipei' }).waitFor({ state: 'detached' });
    await until('the focus is near the value that went', () => isFocused('Change site: Bergen'));
    await add('site', 'Rome');
    await page.getByRole('button', { name: 'Delete all values of site' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('This device has no tags').waitFor();
    assert.deepEqual(await tags(), {});
  },

  // spec: console.devices/4, console.devices/11
  'a device is locked and let in again, and deleted only when its name is typed': async ({ page, at, activate, base, assert, api, service }) => {
    const token = await activate('pump-1');
    const status = async () =>
      (await fetch(`${base}/onep:v1/stack/alias`, { method: 'POST', headers: { 'X-Exosite-CIK': token }, body: new URLSearchParams({ a: '1' }) })).status;
    await page.goto(at('/devices/pump-1'));
    await page.getByRole('button', { name: 'Lock' }).click();
    await page.getByText('Yes, it is kept out').waitFor();
    assert.equal(await status(), 401);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('button', { name: 'Lock', exact: true }).waitFor();
    assert.equal(await status(), 204);

    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    assert.ok(await dialog.getByRole('button', { name: 'Delete' }).isDisabled());
    await dialog.getByLabel('Type "pump-1" to go on').fill('pump-1');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL((url) => url.pathname === at('/devices'));
    await assert.rejects(api('GET', `${service}/device2/identity/pump-1`), /404/);
  },

  // spec: console.devices/11
  'a credential is revoked, and a token that is set by hand works': async ({ page, at, activate, write, assert, until, api, service, axe }) => {
    const old = await activate('pump-1');
    await page.goto(at('/devices/pump-1/settings'));
    await page.getByRole('button', { name: 'Let it activate once more' }).click();
    await page.getByText('The device may activate once more. Until it does').waitFor();
    assert.equal((await api('GET', `${service}/device2/identity/pump-1`)).reprovision, true);
    await page.getByRole('button', { name: 'Revoke the credential' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByLabel('Facts').getByText('Whitelisted').waitFor();
    await assert.rejects(write(old, { a: '1' }), /401/);
    await write(await activate('pump-1'), { a: '1' });

    await page.getByLabel('Token', { exact: true }).fill('short');
    await page.getByRole('button', { name: /the credential$/ }).last().click();
    await page.getByText('A token has 40 letters and digits.').waitFor();
    await page.getByRole('button', { name: 'Make one up' }).click();
    assert.equal(await page.getByLabel('Token', { exact: true }).getAttribute('type'), 'password');
    await page.getByRole('button', { name: /^(Set|Replace) the credential/ }).click();
    await page.getByText('which is shown this once').waitFor();
    // While a message shows, what holds the focus in it confuses the rules.
    await page.locator('.fui-Toast').last().waitFor({ state: 'detached' });
    assert.deepEqual(await axe(), []);
    const token = /[0-9a-f]{40}/.exec(await page.getByText('which is shown this once').innerText())?.[0] ?? '';
    await until('the token is taken', async () => write(token, { a: '2' }).then(() => true, () => false));
    await page.getByRole('button', { name: 'Hide' }).click();
    assert.ok(!(await page.locator('body').innerText()).includes(token));

    await page.getByLabel('Kind').selectOption('Password');
    await page.getByRole('button', { name: 'Make one up' }).click();
    await page.getByRole('button', { name: 'Replace the credential' }).click();
    await page.getByText('The new password, which is shown this once').waitFor();
    await page.getByLabel('Facts').getByText('Password', { exact: true }).waitFor();
    assert.equal((await api('GET', `${service}/device2/identity/pump-1`)).auth.type, 'password');
    await assert.rejects(write(token, { a: '3' }), /401/);
  },

  // spec: console.devices/11
  'a certificate for another identity is refused with a sentence at its field': async ({ page, at, activate, api, service, assert, visit }) => {
    await activate('pump-1');
    await page.goto(at('/devices/pump-1/settings'));
    await page.getByLabel('Kind').selectOption('Certificate');
    await page.getByLabel('Certificate', { exact: true }).fill('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----');
    await page.getByRole('button', { name: 'Replace the credential' }).click();
    await page.getByText('A certificate is PEM text.').waitFor();
    await page.getByLabel('Certificate', { exact: true }).fill('-----BEGIN PRIVATE KEY-----');
    await page.getByRole('button', { name: 'Replace the credential' }).click();
    await page.getByText('This holds a private key').waitFor();
    await page.getByLabel('Certificate', { exact: true }).fill(Certificate);
    await page.getByRole('button', { name: 'Replace the credential' }).click();
    await page.getByText('The certificate\'s CN is not the identity.').waitFor();

    // And its owner has it from then on.
    const path = `${service}/device2/identity/${encodeURIComponent(Owner)}`;
    await api('PUT', path, {});
    await visit(at(`/devices/${encodeURIComponent(Owner)}/settings`));
    await page.getByLabel('Kind').selectOption('Certificate');
    await page.getByLabel('File with the certificate').setInputFiles({ name: 'own.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(Certificate) });
    await page.getByRole('button', { name: 'Set the credential' }).click();
    await page.getByLabel('Facts').getByText('Certificate', { exact: true }).waitFor();
    const { status, auth } = await api('GET', path);
    assert.deepEqual([status, auth.type], ['provisioned', 'certificate']);
  },

  // spec: console.devices/11
  'the activation window gets an end, and none again': async ({ page, at, api, service, until }) => {
    await api('PUT', `${service}/device2/identity/pump-1`, {});
    await page.goto(at('/devices/pump-1/settings'));
    const expire = async () => (await api('GET', `${service}/device2/identity/pump-1`)).auth.expire;
    await page.getByRole('button', { name: 'Save the end' }).click();
    await page.getByText('Date and time are missing.').waitFor();
    await page.getByLabel('End of the window').fill('2040-01-02T03:04');
    await page.getByRole('button', { name: 'Save the end' }).click();
    await page.getByLabel('Facts').getByText(/^Until .*2040/).waitFor();
    await until('it is stored', async () => new Date((await expire()) / 1000).getFullYear() === 2040);
    await page.getByRole('button', { name: 'No end' }).click();
    await page.getByLabel('Facts').getByText('No end').waitFor();
    await until('it is gone', async () => (await expire()) === 0);
  },

  // spec: console.devices/12+
  'with one click a simulated device is online, its values change, and it acknowledges what is set': async (world) => {
    const { page, at, until, assert, axe } = world;
    await define(world);
    await page.goto(at('/devices'));
    await page.getByRole('button', { name: 'Simulate a device' }).click();
    const stay = page.locator('[data-timer-status]');
    assert.equal(await stay.evaluate((timer) => getComputedStyle(timer).animationDuration), '20s', 'also where motion is reduced');
    await page.getByRole('link', { name: 'Open' }).press('Enter');
    await page.getByLabel('Facts').getByText('Online').waitFor();
    const identity = await page.getByRole('heading', { level: 1 }).innerText();
    assert.match(identity.trim(), /^sim-[0-9a-f]{8}$/);
    const first = (await stateOf(world, identity.trim())).temperature.reported;
    await until('its values change', async () => (await stateOf(world, identity.trim())).temperature.reported !== first);
    await set(page, 'setpoint', (field) => field.fill('29.5'));
    await until('it acknowledges', async () => (await stateOf(world, identity.trim())).setpoint.reported === '29.5');
    await row(page, 'setpoint').getByText('The device has it').waitFor();
    await page.getByRole('button', { name: '1 simulated' }).click();
    assert.deepEqual(await axe(), []);
    await page.getByRole('button', { name: `Stop ${identity.trim()}` }).click();
    await page.getByRole('button', { name: '1 simulated' }).waitFor({ state: 'detached' });
  },

  'a simulated device goes on from screen to screen, and ends at sign-out': async (world) => {
    const { page, at, api, service } = world;
    await api('PATCH', `${service}/device2`, { provisioning: { presenter_identity: false }, identity_format: { type: 'mac:48', options: { casing: 'upper' } } });
    await page.goto(at('/devices'));
    await page.getByRole('button', { name: 'Simulate a device' }).click();
    await page.getByRole('link', { name: 'Open' }).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: '1 simulated' }).waitFor();
    const { devices } = await api('GET', `${service}/device2/identity/`);
    world.assert.match(devices[0].identity, /^[0-9A-F]{12}$/);
    await page.getByRole('button', { name: /, admin$/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('API key').fill(world.key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation', { name: 'Connector' }).waitFor();
    world.assert.equal(await page.getByRole('button', { name: '1 simulated' }).count(), 0);
  },

  'from a fresh start to the first device online it takes two clicks': async ({ open, keyOf }) => {
    const page = await open({ secret: null });
    await page.goto('/');
    await page.getByLabel('API key').fill(await keyOf('operator'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Simulate a device' }).click();
    await page.getByText(/The simulated device .* is online/).first().waitFor();
  },

  'a password that cannot be told whose it is makes no simulated device, and a sentence says why': async ({ page, at, api, service, assert }) => {
    await api('PATCH', `${service}/device2`, { provisioning: { auth_type: 'password' } });
    await page.goto(at('/devices'));
    await page.getByRole('button', { name: 'Simulate a device' }).click();
    // There is the connector of the first start, too.
    await page.getByText('Open this page under the host name of the connector.').first().waitFor();
    assert.deepEqual((await api('GET', `${service}/device2/identity/`)).devices, []);
    assert.equal(await page.getByRole('button', { name: /simulated$/ }).count(), 0);
  },

  'a simulated device gets its token by hand where devices may not activate': async (world) => {
    const { page, at, api, service } = world;
    await api('PATCH', `${service}/device2`, { provisioning: { enabled: false } });
    await page.goto(at('/devices'));
    await page.getByRole('button', { name: 'Simulate a device' }).click();
    await page.getByText(/The simulated device .* is online/).first().waitFor();
  },

  'where no device can be simulated, a sentence says why': async ({ page, at, api, service }) => {
    await api('PATCH', `${service}/device2`, { provisioning: { auth_type: 'certificate' } });
    await page.goto(at('/devices'));
    await page.getByRole('button', { name: 'Simulate a device' }).click();
    await page.getByText('Devices of this connector show a certificate, which a page cannot do.').first().waitFor();
  },

  // spec: console.everywhere/3+++
  'who may only look sees all and can change nothing': async (world) => {
    const { open, keyOf, at, activate, write, api, service, assert, axe } = world;
    await define(world);
    await write(await activate('pump-1'), { setpoint: '20' });
    await api('POST', `${service}/device2/identity/pump-1/tag`, { tags: { site: ['Oslo'] } });
    const page = await open({ secret: await keyOf('viewer'), scheme: 'dark', width: 320 });
    await page.goto(at('/devices/pump-1'));
    await row(page, 'setpoint').getByText('20', { exact: true }).first().waitFor();
    const buttons = async () => (await page.getByRole('main').getByRole('button').allInnerTexts()).concat(await page.getByRole('main').getByRole('textbox').allInnerTexts());
    assert.deepEqual(await buttons(), [''], 'only the identity can be copied');
    assert.deepEqual(await axe(page), []);
    await page.getByRole('main').getByRole('link', { name: 'Tags' }).click();
    await page.getByText('Oslo').waitFor();
    assert.deepEqual(await buttons(), ['']);
    assert.deepEqual(await axe(page), []);
    await page.getByRole('main').getByRole('link', { name: 'Settings' }).click();
    await page.getByText('The device is not locked.').waitFor();
    assert.deepEqual(await buttons(), ['']);
    assert.deepEqual(await axe(page), []);
    await world.visit(at('/devices/nobody'), page);
    await page.getByText('There is no such device').waitFor();
    assert.deepEqual(await buttons(), ['']);
  },
};

// The list of devices, and work on many.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Certificate, Owner } from './certificate.mjs';

const shell = promisify(execFile);

const list = (page) => page.getByRole('grid', { name: 'Devices' });
const rowOf = (page, identity) => list(page).getByRole('row').filter({ hasText: identity });
const filter = (page) => page.getByRole('search', { name: 'Devices' }).getByRole('combobox');
const show = async ({ page, at, visit }, path = '/devices') => {
  await visit(at(path));
  await page.getByRole('heading', { level: 1 }).waitFor();
};

/** Devices p-000, p-001 and so on, by an import of the API. */
const makeMany = async ({ api, service }, count, more = () => ({})) => {
  const rows = Array.from({ length: count }, (_, i) => ({ identity: `p-${String(i).padStart(3, '0')}`, ...more(i) }));
  await api('POST', `${service}/device2/jobs`, { kind: 'import', rows });
};

/** Lines of the table of a job's results. */
const results = async (page) => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download CSV' }).click()]);
  return (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
};

const isDone = (page) => page.getByText('done', { exact: true }).first().waitFor();

export const tests = {
  // spec: console.devices/1
  'the list shows identity, status, auth type, online, last seen, last IP, locked, developer mode and tags': async (world) => {
    const { page, activate, api, service, assert } = world;
    await activate('here');
    await api('PUT', `${service}/device2/identity/waits`, { locked: true });
    await api('POST', `${service}/device2/identity/waits/tag`, { tags: { site: ['oslo'] } });
    await show(world);
    const here = rowOf(page, 'here');
    await here.getByText('provisioned').waitFor();
    await here.getByText('token').waitFor();
    await here.getByText('online').waitFor();
    await here.getByText('127.0.0.1').waitFor();
    const waits = rowOf(page, 'waits');
    await waits.getByText('whitelisted').waitFor();
    await waits.getByText('locked').waitFor();
    await waits.getByText('site').waitFor();
    for (const name of ['Identity', 'Status', 'Auth type', 'Online', 'Last seen', 'Last IP', 'Locked', 'Dev mode', 'Tags']) {
      assert.equal(await list(page).getByRole('columnheader', { name }).count(), 1, name);
    }

    await page.getByRole('status', { name: '2 devices' }).waitFor();
    await api('PUT', `${service}/device2/identity/new`, {});
    const refresh = page.getByRole('button', { name: 'Refresh' });
    await refresh.click();
    await page.getByRole('status', { name: '3 devices' }).waitFor();
    await rowOf(page, 'new').waitFor();
    assert.ok(await refresh.evaluate((button) => button === document.activeElement), 'the button keeps the focus');
  },

  // spec: console.devices/1
  'the list is sorted by last seen or by identity': async (world) => {
    const { page, activate, until } = world;
    await activate('b-old');
    await activate('a-new');
    await activate('c-newest');
    await show(world);
    const order = async () => (await list(page).getByRole('link').allInnerTexts()).join(' ');
    await until('last seen first', async () => (await order()) === 'c-newest a-new b-old');
    await list(page).getByRole('button', { name: 'Identity' }).click();
    await until('by identity', async () => (await order()) === 'a-new b-old c-newest');
    await page.waitForURL(/order=identity/);
    await page.goBack();
    await until('back again', async () => (await order()) === 'c-newest a-new b-old');
  },

  // spec: console.devices/1, console.devices/6+
  'the filter bar takes the grammar of the API, and says what cannot be read': async (world) => {
    const { page, until } = world;
    await makeMany(world, 6, (i) => ({ locked: i < 2, tags: { site: [i % 2 ? 'Taipei' : 'Oslo'] } }));
    await show(world);
    await rowOf(page, 'p-005').waitFor();
    await filter(page).fill('tag:site=Taipei locked:yes p-*');
    await until('one is left', async () => (await list(page).getByRole('link').count()) === 1);
    await rowOf(page, 'p-001').waitFor();
    await filter(page).fill('online:maybe');
    await page.getByText('online must be yes or no').waitFor();
    await filter(page).fill('nothing-like-it');
    await page.getByRole('heading', { name: 'No device passes this filter' }).waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).last().click();
    await rowOf(page, 'p-005').waitFor();
    await page.getByRole('button', { name: 'Locked', exact: true }).first().click();
    await page.getByRole('menuitemradio', { name: 'yes' }).click();
    await until('two are locked', async () => (await list(page).getByRole('link').count()) === 2);
    await page.waitForURL(/locked%3Ayes/);
    await page.goBack();
    await rowOf(page, 'p-005').waitFor();
  },

  // spec: console.devices/5
  'a chosen tag shows only devices with it, their values, and is searched in': async (world) => {
    const { page, until } = world;
    await makeMany(world, 4, (i) => (i === 3 ? {} : { tags: { site: [['Taipei', 'Tainan', 'New York'][i]] } }));
    await show(world);
    await rowOf(page, 'p-003').waitFor();
    await page.getByRole('button', { name: 'Choose a tag' }).click();
    await page.getByRole('menuitemradio', { name: /^site/ }).getByText('3').waitFor();
    await page.getByRole('menuitemradio', { name: /^site/ }).click();
    await rowOf(page, 'p-000').getByText('Taipei').waitFor();
    await until('three have it', async () => (await list(page).getByRole('link').count()) === 3);
    await page.getByPlaceholder('Beginning of a value of site').fill('Tai');
    await until('two begin so', async () => (await list(page).getByRole('link').count()) === 2);
    await page.getByPlaceholder('Beginning of a value of site').fill('New Y');
    await rowOf(page, 'p-002').getByText('New York').waitFor();
    await page.getByPlaceholder('Beginning of a value of site').fill('York');
    await page.getByText('finds values of site that begin with it').waitFor();
    await page.getByPlaceholder('Beginning of a value of site').fill('New Y');
    await rowOf(page, 'p-002').getByText('New York').waitFor();
    await page.reload();
    await rowOf(page, 'p-002').getByText('New York').waitFor();
    await page.getByRole('button', { name: 'Show all devices' }).click();
    await page.getByPlaceholder('Beginning of a value of site').waitFor({ state: 'detached' });
  },

  // spec: console.devices/1+, console.everywhere/4+
  'values of resources are columns, and a reload keeps filter and columns': async (world) => {
    const { page, api, service, activate, write } = world;
    await api('PATCH', `${service}/device2`, {
      resources: { temperature: { format: 'number', unit: 'C' }, setpoint: { format: 'number', unit: 'C', settable: true } },
    });
    await write(await activate('pump'), { temperature: '21.5' });
    await api('PATCH', `${service}/device2/identity/pump/state`, { setpoint: 22 });
    await show(world, '/devices?q=pump');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'temperature' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'setpoint' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Auth type' }).click();
    await page.keyboard.press('Escape');
    await page.reload();
    await rowOf(page, 'pump').getByText('21.5 C').waitFor();
    await rowOf(page, 'pump').getByText('22 pending').waitFor();
    await list(page).getByRole('columnheader', { name: 'Auth type' }).waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Filter devices' }).waitFor();
    world.assert.equal(await filter(page).inputValue(), 'pump');

    // More columns than the API gives values for.
    const many = Array.from({ length: 13 }, (_, i) => `t${i}`);
    await api('PATCH', `${service}/device2`, { resources: Object.fromEntries(many.map((alias) => [alias, { format: 'number', settable: true, initial: 5 }])) });
    await page.goto(world.at(`/devices?show=${encodeURIComponent(JSON.stringify(many.map((alias) => `value:${alias}`)))}`));
    await rowOf(page, 'pump').getByText('5 initial').first().waitFor();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByText('Values: 12 at most. Hide one to show another.').waitFor();
    world.assert.deepEqual(await page.locator('[role="menuitemcheckbox"][aria-disabled="true"]').allInnerTexts(), ['t12']);
    world.assert.deepEqual(await world.axe(page, ['wcag2a', 'wcag2aa']), []);
  },

  // spec: console.devices/2, console.devices/2+
  'an empty list gives a command line that turns green when the first write arrives': async (world) => {
    const { page, open, api, service, at, assert, connector, runJson } = world;
    /** Runs the command that is shown, as somebody would who pasted it, until the page says that it worked. */
    const run = async (on, told, env = {}) => {
      await on.getByRole('heading', { name: 'No devices yet' }).waitFor();
      await on.getByText('Waiting for its first write').waitFor();
      const command = await on.locator('code').innerText();
      const { stdout } = await shell('sh', ['-c', command], { env: { ...process.env, ...env } });
      assert.match(stdout, /HTTP\/[\d.]+ 204/, command);
      await on.getByText(told).waitFor();
      const { devices } = await api('GET', `${service}/device2/identity/`);
      assert.equal(devices.length, 1);
      await rowOf(on, devices[0].identity).waitFor();
      await api('DELETE', `${service}/device2/identity/${devices[0].identity}`);
    };

    let isLive = false;
    page.on('websocket', (socket) => socket.on('framereceived', () => (isLive = true)));
    await show(world);
    await page.locator('code').waitFor();
    assert.deepEqual(await world.axe(), []);
    await world.until('the live log is there', () => isLive);
    await run(page, 'The first write has arrived');

    // Without a live log the device itself is looked at; what it writes is no resource and not kept.
    for (const answer of [{ status: 409, contentType: 'application/json', body: '{"reason":"no-live-channel","message":"x"}' }, { status: 500 }]) {
      await page.route('**/log/negotiate', (route) => route.fulfill(answer));
      await page.reload();
      await run(page, /The first write has arrived|The device has called/);
      await page.unroute('**/log/negotiate');
    }

    // A password, over https; the value of a resource is kept.
    await api('PATCH', `${service}/device2`, { resources: { level: { format: 'number' } }, provisioning: { auth_type: 'password' } });
    await page.route('**/log/negotiate', (route) => route.abort());
    await page.reload();
    await page.getByText('over https only').waitFor();

    const { https, ca } = JSON.parse(await readFile(runJson, 'utf8'));
    const secure = await open({ ignoreHTTPSErrors: true, baseURL: https.replace('127.0.0.1', 'localhost') });
    await secure.route('**/log/negotiate', (route) => route.abort());
    await secure.goto(at('/devices'));
    await secure.locator('code').filter({ hasText: `https://${connector}.` }).waitFor();
    await run(secure, 'The first write has arrived', { CURL_CA_BUNDLE: ca });
  },

  // spec: console.devices/3
  'a new device is made with tags and an end of its window': async (world) => {
    const { page, api, service, assert } = world;
    await api('PATCH', `${service}/device2`, { identity_format: { type: 'opaque', prefix: 'SN-', options: { length: 3, casing: 'mixed' } } });
    await show(world);
    await page.getByRole('banner').waitFor();
    await page.getByRole('button', { name: 'New device(s)' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Identity').fill('X');
    await dialog.getByText('It does not begin with "SN-".').waitFor();
    await dialog.getByLabel('Identity').fill('SN-001');
    await dialog.getByLabel('Tags').fill('site=Oslo\nfloor=2');
    await dialog.getByLabel('May activate until').fill('2100-01-01T12:00');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await rowOf(page, 'SN-001').getByText('floor').waitFor();
    const made = await api('GET', `${service}/device2/identity/SN-001`);
    assert.equal(made.status, 'whitelisted');
    assert.ok(made.auth.expire > 4_000_000_000_000_000);
    assert.deepEqual(made.tags, { floor: ['2'], site: ['Oslo'] });
    await page.getByRole('button', { name: 'New device(s)' }).first().click();
    await dialog.getByLabel('Identity').fill('SN-001');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('There is a device with this identity already').waitFor();
  },

  // spec: console.devices/3, console.devices/3+
  'a CSV file is tried, run, and run again without any change': async (world) => {
    const { page, api, service, assert } = world;
    await show(world);
    const table = `ID,SSL Client Certificate,tag:site\nn-1,,Oslo\n${Owner},"${Certificate}",Bergen\n..,,x\n`;
    const choose = async () => {
      await page.getByRole('button', { name: 'New device(s)' }).first().click();
      await page.getByRole('tab', { name: 'Many from CSV' }).click();
      await page.getByLabel('CSV file').setInputFiles({ name: 'd.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
      await page.getByLabel('May activate until').fill('2100-01-01T12:00');
      await page.getByText('3 devices').first().waitFor();
    };
    await choose();
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByText('This is a dry run.').waitFor();
    await isDone(page);
    await page.getByText('2 would change').waitFor();
    assert.equal((await api('GET', `${service}/device2/identities/count`)).count, 0);
    await page.getByRole('button', { name: 'Run it for real' }).click();
    await page.getByText('2 changed').waitFor();
    await page.getByRole('grid', { name: 'Results' }).getByText('bad-identity').waitFor();
    await page.getByLabel('Failed only').click();
    await page.getByRole('grid', { name: 'Results' }).getByText('n-1').waitFor({ state: 'detached' });
    const [head, ...lines] = await results(page);
    assert.equal(head, 'ID,result,reason,message');
    assert.deepEqual(lines.map((line) => line.split(',').slice(0, 3).join()), ['n-1,changed,', `${Owner},changed,`, '..,failed,bad-identity']);
    const made = await api('GET', `${service}/device2/identity/n-1`);
    assert.deepEqual([made.status, made.auth.expire > 4_000_000_000_000_000], ['whitelisted', true]);
    const owner = await api('GET', `${service}/device2/identity/${encodeURIComponent(Owner)}`);
    assert.deepEqual([owner.status, owner.auth.type, owner.tags], ['provisioned', 'certificate', { site: ['Bergen'] }]);
    await page.getByRole('button', { name: 'API', exact: true }).click();
    await page.getByRole('region', { name: 'What you changed last' }).getByText("-F 'identities=@identities.csv' --form-string 'dryRun=false'").waitFor();
    await page.getByRole('region', { name: /^What you tried last/ }).getByText("--form-string 'dryRun=true'").waitFor();
    await page.reload();
    await page.getByRole('grid', { name: 'Results' }).getByText('bad-identity').waitFor();
    assert.ok(await page.getByLabel('Failed only').isChecked());
    assert.ok(!(await page.getByRole('grid', { name: 'Results' }).getByText('n-1').isVisible()));
    await show(world);
    await choose();
    await page.getByRole('button', { name: 'Import 3 devices' }).click();
    await page.getByText('2 unchanged').waitFor();
    await page.getByText('0 changed').waitFor();
  },

  'a table that the app would not take is told before it is sent': async (world) => {
    const { page } = world;
    await show(world);
    // While a file of the page is out of reach the screen stays, and the same button works afterwards.
    const file = '**/NewDevicesDialog-*.js';
    await page.route(file, (route) => route.abort());
    await page.getByRole('button', { name: 'New device(s)' }).first().click();
    await page.getByText('A part of the page could not be loaded.').first().waitFor();
    await page.unroute(file);
    await page.getByRole('button', { name: 'New device(s)' }).first().click();
    await page.getByRole('tab', { name: 'Many from CSV' }).click();
    await page.getByRole('textbox', { name: 'Table' }).fill('name\nx');
    await page.getByText('The first line must begin with ID').waitFor();
    world.assert.ok(await page.getByRole('button', { name: 'Dry run' }).isDisabled());
    world.assert.deepEqual(await world.axe(), []);
  },

  // spec: console.devices/4, console.devices/4+
  'many selected devices are locked and unlocked': async (world) => {
    const { page, api, service } = world;
    await makeMany(world, 3);
    await show(world);
    for (const identity of ['p-000', 'p-001']) {
      await page.getByLabel(`Select ${identity}`).click();
    }

    await page.getByText('2 selected').waitFor();
    await page.getByRole('toolbar').getByRole('button', { name: 'Lock', exact: true }).click();
    await page.getByRole('heading', { name: 'Lock 2 devices' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Lock', exact: true }).click();
    await page.getByText('2 changed').waitFor();
    world.assert.equal((await api('GET', `${service}/device2/identities/count?locked=yes`)).count, 2);
    await show(world);
    await page.getByLabel('Select p-000').click();
    await page.getByRole('toolbar').getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unlock' }).click();
    await page.getByText('1 changed').waitFor();
    world.assert.equal((await api('GET', `${service}/device2/identities/count?locked=yes`)).count, 1);
  },

  // spec: console.devices/4+
  'all devices that match are selected, beyond those that are loaded, and deleted after their number was typed': async (world) => {
    const { page, api, service } = world;
    await makeMany(world, 104, (i) => ({ tags: { site: [i < 102 ? 'old' : 'new'] } }));
    await show(world, '/devices?q=tag:site%3Dold&order=identity');
    await page.getByLabel('Select all rows that are loaded').click();
    await page.getByRole('button', { name: 'Select all 102 that match' }).click();
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'Delete 102 devices' }).waitFor();
    const sure = page.getByRole('dialog').getByRole('button', { name: 'Delete' });
    world.assert.ok(await sure.isDisabled());
    await page.getByLabel('Type 102 to go on').fill('102');
    await sure.click();
    await page.getByText('102 changed').waitFor({ timeout: 60_000 });
    // That they were counted is no change.
    await page.getByRole('button', { name: 'API', exact: true }).click();
    const changes = page.getByRole('region', { name: 'What you changed last' });
    await changes.getByText('"kind":"delete"').waitFor();
    world.assert.doesNotMatch(await changes.textContent(), /preview/);
    await page.getByRole('region', { name: /^What you tried last/ }).getByText('"preview":true').waitFor();
    world.assert.equal((await api('GET', `${service}/device2/identities/count`)).count, 2);
  },

  // spec: console.devices/4+
  'tags, values and credentials of many are changed': async (world) => {
    const { page, api, service, activate, assert } = world;
    await api('PATCH', `${service}/device2`, { resources: { setpoint: { format: 'number', settable: true } } });
    await activate('one');
    const act = async (open, fill, action, chosen = ['one']) => {
      await show(world);
      for (const identity of chosen) {
        await page.getByLabel(`Select ${identity}`).click();
      }

      await open();
      await fill(page.getByRole('dialog'));
      await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
      await page.getByText('1 changed').waitFor();
    };
    const more = (name) => async () => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await act(
      () => page.getByRole('toolbar').getByRole('button', { name: 'Tags' }).click(),
      async (dialog) => {
        await dialog.getByRole('textbox', { name: 'Name' }).fill('site');
        await dialog.getByRole('textbox', { name: 'Value' }).fill('Oslo');
      },
      'Change tags',
    );
    await act(more('Set a value'), (dialog) => dialog.getByRole('textbox', { name: 'Value' }).fill('22'), 'Set');
    // One that never activated keeps the end of its window.
    const end = 4_102_444_800_000_000;
    await api('PUT', `${service}/device2/identity/two`, { auth: { expire: end } });
    await act(more('Revoke credentials'), async () => undefined, 'Revoke', ['one', 'two']);
    assert.equal((await api('GET', `${service}/device2/identity/two`)).auth.expire, end);
    const one = await api('GET', `${service}/device2/identity/one`);
    assert.deepEqual(one.tags, { site: ['Oslo'] });
    assert.equal(one.state.setpoint.set, 22);
    assert.equal(one.status, 'whitelisted');
  },

  // spec: console.everywhere/6+
  'an export is downloaded as CSV, and jobs are listed and removed': async (world) => {
    const { page, assert } = world;
    await makeMany(world, 3, () => ({ tags: { site: ['Oslo'] } }));
    await show(world);
    await page.getByLabel('Select all rows that are loaded').click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Export' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Export' }).click();
    await isDone(page);
    const table = await results(page);
    assert.equal(table[0], 'ID,locked,auth,expire,tag:site');
    assert.equal(table.length, 4);
    await page.getByRole('link', { name: 'All jobs' }).click();
    await page.getByRole('grid', { name: 'Jobs' }).getByRole('link', { name: 'Import' }).click();
    await page.getByText('3 changed').waitFor();
    await page.reload();
    await page.getByText('3 changed').waitFor();
    assert.deepEqual(await world.axe(), []);
    await page.getByRole('button', { name: 'Remove from the list' }).click();
    await page.getByRole('grid', { name: 'Jobs' }).getByRole('link', { name: 'Import' }).waitFor({ state: 'detached' });
  },

  // spec: console.everywhere/6+
  'a running job shows its progress and is cancelled': async (world) => {
    const { page, assert, keep } = world;
    keep();
    const rows = Array.from({ length: 10_000 }, (_, i) => `long-${i}`).join('\n');
    await show(world);
    await page.getByRole('button', { name: 'New device(s)' }).first().click();
    await page.getByRole('tab', { name: 'Many from CSV' }).click();
    await page.getByLabel('CSV file').setInputFiles({ name: 'd.csv', mimeType: 'text/csv', buffer: Buffer.from(`ID\n${rows}`) });
    await page.getByRole('button', { name: 'Import 10,000 devices' }).click();
    await page.getByRole('heading', { name: /Import: 10,000 devices/ }).waitFor();
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('cancelled').first().waitFor();
    assert.ok(!(await page.getByText('10,000 of 10,000').isVisible()));
  },

  'a row has a menu to open, lock and delete its device': async (world) => {
    const { page, api, service } = world;
    await makeMany(world, 2);
    await show(world);
    await page.getByRole('button', { name: 'Actions for p-000' }).click();
    await page.getByRole('menuitem', { name: 'Lock' }).click();
    await rowOf(page, 'p-000').getByText('locked').waitFor();
    await page.getByRole('button', { name: 'Actions for p-000' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByLabel('Type "p-000" to go on').fill('p-000');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('p-000 is deleted.').first().waitFor();
    await rowOf(page, 'p-001').waitFor();
    world.assert.equal((await api('GET', `${service}/device2/identities/count`)).count, 1);
    // The button that opened the menu went with its row: the focus is on what is near.
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.closest('[role="grid"]') !== null);
    await page.getByRole('button', { name: 'Actions for p-001' }).click();
    await page.getByRole('menuitem', { name: 'Open' }).click();
    await page.waitForURL(/devices\/p-001/);
  },

  // spec: console.everywhere/3+++
  'a viewer sees the list and the jobs, and no actions': async (world) => {
    const { open, keyOf, at, assert } = world;
    await makeMany(world, 2);
    const page = await open({ secret: await keyOf('viewer') });
    await page.goto(at('/devices'));
    await rowOf(page, 'p-000').waitFor();
    assert.equal(await page.getByRole('checkbox').count(), 0);
    assert.equal(await page.getByRole('button', { name: /New device|Simulate|Actions for/ }).count(), 0);
    await world.visit(at('/jobs'), page);
    await page.getByRole('link', { name: 'Import' }).click();
    await page.getByText('2 changed').waitFor();
    assert.equal(await page.getByRole('button', { name: /Cancel|Remove/ }).count(), 0);
  },
};

// The list of devices, and work on many.
import { readFile } from 'node:fs/promises';

const list = (page) => page.getByRole('grid', { name: 'Devices' });
const rowOf = (page, identity) => list(page).getByRole('row').filter({ hasText: identity });
const filter = (page) => page.getByRole('search', { name: 'Devices' }).getByRole('combobox');
const show = async ({ page, at }, path = '/devices') => {
  await page.goto(at(path));
  await page.getByRole('heading', { level: 1 }).waitFor();
};

/** Devices p-000, p-001 and so on, by an import of the API. */
const makeMany = async ({ api, service }, count, more = () => ({})) => {
  const rows = Array.from({ length: count }, (_, i) => ({ identity: `p-${String(i).padStart(3, '0')}`, ...more(i) }));
  await api('POST', `${service}/device2/jobs`, { kind: 'import', rows });
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
    await page.getByPlaceholder('Search in values of site').fill('Tai');
    await until('two begin so', async () => (await list(page).getByRole('link').count()) === 2);
    await page.getByPlaceholder('Search in values of site').fill('New Y');
    await rowOf(page, 'p-002').getByText('New York').waitFor();
    await page.reload();
    await rowOf(page, 'p-002').getByText('New York').waitFor();
    await page.getByRole('button', { name: 'Show all devices' }).click();
    await page.getByPlaceholder('Search in values of site').waitFor({ state: 'detached' });
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
  },

  // spec: console.devices/2, console.devices/2+
  'an empty list gives a command line that turns green when the first write arrives': async (world) => {
    const { page, activate, write, assert } = world;
    await show(world);
    await page.getByRole('heading', { name: 'No devices yet' }).waitFor();
    await page.getByText('Waiting for its first write').waitFor();
    const command = await page.locator('code').innerText();
    const identity = /&sn=([^'&]+)'/.exec(command)?.[1];
    assert.ok(command.includes(`${world.base}/provision/activate`), command);
    assert.ok(command.includes(`vendor=${world.connector}`), command);
    assert.deepEqual(await world.axe(), []);
    const token = await activate(identity);
    // The page must have seen that the device is there before it can tell that it came again.
    await rowOf(page, identity).or(page.locator('code')).first().waitFor();
    await world.until('the write is told', async () => {
      await write(token, { temperature: '21.5' });
      return page.getByText('The first write has arrived').isVisible();
    });
    await rowOf(page, identity).waitFor();
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
    const choose = async () => {
      await page.getByRole('button', { name: 'New device(s)' }).first().click();
      await page.getByRole('tab', { name: 'Many from CSV' }).click();
      await page.getByLabel('CSV file').setInputFiles({ name: 'd.csv', mimeType: 'text/csv', buffer: Buffer.from('ID,tag:site\nn-1,Oslo\nn-2,Bergen\n..,x\n') });
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
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download CSV' }).click()]);
    const table = await readFile(await file.path(), 'utf8');
    assert.equal(table.split('\r\n')[0], 'ID,locked,auth,expire,tag:site');
    assert.equal(table.trim().split('\r\n').length, 4);
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
    const { page, assert } = world;
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
    await page.goto(at('/jobs'));
    await page.getByRole('link', { name: 'Import' }).click();
    await page.getByText('2 changed').waitFor();
    assert.equal(await page.getByRole('button', { name: /Cancel|Remove/ }).count(), 0);
  },
};

// The resources of a connector.
import { readFile } from 'node:fs/promises';

/** Row of a resource. */
const rowOf = (page, alias) => page.getByRole('grid', { name: 'Resources' }).getByRole('row').filter({ has: page.getByText(alias, { exact: true }) });

export const tests = {
  // spec: console.resources/1
  'the list shows alias, unit, format, allowed values, whether the cloud may modify it, sync and the initial value': async ({ page, at, api, service }) => {
    await api('PATCH', `${service}/device2`, {
      resources: {
        temperature: { format: 'number', unit: 'C', allowed: ['-40:85'] },
        mode: { format: 'string', settable: true, allowed: ['eco', 'boost'], initial: 'eco', sync: false },
        on: { format: 'boolean' },
      },
    });
    await page.goto(at('/resources'));
    for (const name of ['Alias', 'Unit', 'Format', 'Allowed values', 'Modify from the cloud', 'Sync', 'Initial']) {
      await page.getByRole('columnheader', { name }).waitFor();
    }

    for (const [alias, ...texts] of [
      ['temperature', 'C', 'number', '-40 to 85', 'No', 'On'],
      ['mode', 'string', 'eco, boost', 'Yes', 'Off'],
      ['on', 'boolean', 'anything'],
    ]) {
      for (const text of texts) {
        await rowOf(page, alias).getByText(text, { exact: true }).first().waitFor();
      }
    }
  },

  // spec: console.resources/2
  'a resource is made, edited and deleted, and what cannot be is told before it is sent': async ({ page, at, api, service, assert }) => {
    await page.goto(at('/resources'));
    await page.getByText('No resources yet').waitFor();
    await page.getByRole('button', { name: 'New resource' }).click();
    const dialog = page.getByRole('dialog', { name: 'New resource' });
    await dialog.getByLabel('Alias').fill('set.point');
    await dialog.getByText('neither a dot nor a dollar sign').waitFor();
    await dialog.getByText('A value has at most 64 KB.').waitFor();
    await dialog.getByLabel('Alias').fill('setpoint');
    await dialog.getByLabel('Unit').fill('C');
    await dialog.getByLabel('A range').check();
    await dialog.getByLabel('From', { exact: true }).fill('30');
    await dialog.getByLabel('To', { exact: true }).fill('5');
    await dialog.getByText('the lower end first').waitFor();
    await dialog.getByLabel('From', { exact: true }).fill('5');
    await dialog.getByLabel('To', { exact: true }).fill('30');
    await dialog.getByLabel('Modify this value from the cloud').check();
    await dialog.getByLabel('Has an initial value').check();
    await dialog.getByLabel('Initial value', { exact: true }).fill('99');
    await dialog.getByText('Allowed: 5 to 30.').waitFor();
    await dialog.getByLabel('Initial value', { exact: true }).fill('20');
    await dialog.getByRole('button', { name: 'Make resource' }).click();
    await rowOf(page, 'setpoint').getByText('5 to 30').waitFor();
    assert.deepEqual(await api('GET', `${service}/device2/resource/setpoint`), { format: 'number', unit: 'C', settable: true, allowed: ['5:30'], sync: true, initial: 20 });

    // Somebody else changes the unit while it is edited here: that stays.
    await page.getByRole('button', { name: 'Edit setpoint' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit setpoint' });
    await edit.getByLabel('To', { exact: true }).fill('');
    await api('PUT', `${service}/device2/resource/setpoint`, { format: 'number', unit: 'K', settable: true, allowed: ['5:30'], initial: 20 });
    await edit.getByRole('button', { name: 'Save' }).click();
    await rowOf(page, 'setpoint').getByText('at least 5').waitFor();
    assert.deepEqual(await api('GET', `${service}/device2/resource/setpoint`), {
      format: 'number',
      unit: 'K',
      settable: true,
      allowed: ['5:1.7976931348623157e308'],
      sync: true,
      initial: 20,
    });

    await page.getByRole('button', { name: 'Delete setpoint' }).click();
    const sure = page.getByRole('dialog', { name: 'Delete setpoint?' });
    await sure.getByText('stays in storage').waitFor();
    await sure.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No resources yet').waitFor();
    assert.deepEqual((await api('GET', `${service}/device2`)).resources, {});
  },

  'what the app alone can refuse is shown in the dialog': async ({ page, at, api, service }) => {
    await page.goto(at('/resources'));
    await page.getByRole('button', { name: 'New resource' }).click();
    const dialog = page.getByRole('dialog', { name: 'New resource' });
    await dialog.getByLabel('Alias').fill('taken');
    await api('POST', `${service}/device2/resource/taken`, {});
    await dialog.getByRole('button', { name: 'Make resource' }).click();
    await dialog.getByRole('alert').getByText('The resource exists already.').waitFor();
  },

  '998 resources: only those in sight are drawn, and search and order stay in the address': async ({ page, at, api, service, assert, axe }) => {
    const many = Object.fromEntries(Array.from({ length: 998 }, (_, i) => [`r${String(i).padStart(3, '0')}`, { format: 'number', unit: i % 2 ? 'C' : 'bar' }]));
    await api('PATCH', `${service}/device2`, { resources: many });
    await page.goto(at('/resources'));
    await page.getByText('998 resources').waitFor();
    const grid = page.getByRole('grid', { name: 'Resources' });
    assert.equal(await grid.getAttribute('aria-rowcount'), '999', 'the rows and the header');
    const rows = grid.getByRole('row');
    await rowOf(page, 'r000').waitFor();
    assert.ok((await rows.count()) < 80, 'the table is virtual');
    await page.getByRole('columnheader', { name: 'Alias' }).getByRole('button').click();
    await rowOf(page, 'r997').waitFor();
    await page.getByLabel('Search aliases and units').fill('r01');
    await page.getByText('10 of 998 resources').waitFor();
    await page.waitForURL((url) => url.searchParams.get('q') === 'r01' && url.searchParams.get('desc') === 'true');
    await page.reload();
    await page.getByText('10 of 998 resources').waitFor();
    assert.match(await rows.nth(1).innerText(), /^r019/);
    assert.deepEqual(await axe(), []);
  },

  // spec: console.resources/3+
  'the resources.yaml of the command line is exported, imported with a preview, and refused with lines': async ({ page, at, api, service, assert, axe }) => {
    await api('PATCH', `${service}/device2`, { resources: { temperature: { format: 'number', unit: 'C', allowed: ['0:100'] }, old: {} } });
    await page.goto(at('/resources'));
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
    assert.equal(file.suggestedFilename(), 'resources.yaml');
    const text = await readFile(await file.path(), 'utf8');
    assert.match(text, /^---\nold:\n {2}allowed: \[\]\n {2}format: string\n {2}settable: false\n {2}unit: ""\ntemperature:\n/);

    await page.getByRole('button', { name: 'Import' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import resources' });
    const choose = (content) => dialog.locator('input[type=file]').setInputFiles({ name: 'resources.yaml', mimeType: 'application/yaml', buffer: Buffer.from(content) });
    await choose('ok: {}\nbad.alias: {}\nworse:\n  format: float\n');
    await dialog.getByText('The file has 2 problems').waitFor();
    await dialog.getByRole('row').filter({ hasText: 'format must be' }).getByText('3', { exact: true }).waitFor();
    assert.ok(await dialog.getByRole('button', { name: 'Import' }).isDisabled());
    await choose('a: &a [1]\nb: *a\n');
    await dialog.getByText('References (*) are not taken').waitFor();

    await choose(text.replace('unit: C', 'unit: F').replace(/old:[\s\S]*?(?=temperature)/, 'fresh:\n  format: boolean\n'));
    await dialog.getByText('1 added, 1 changed, 0 deleted, 0 unchanged.').waitFor();
    await dialog.getByLabel('Is deleted, as murano syncup does').check();
    await dialog.getByText('1 added, 1 changed, 1 deleted, 0 unchanged.').waitFor();
    assert.deepEqual(await axe(), []);

    // Somebody else was here meanwhile: nothing is undone without a word.
    await api('POST', `${service}/device2/resource/later`, {});
    await dialog.getByRole('button', { name: 'Import' }).click();
    await dialog.getByText('Somebody changed the resources meanwhile').waitFor();
    await dialog.getByText('1 added, 1 changed, 2 deleted, 0 unchanged.').waitFor();
    await dialog.getByRole('button', { name: 'Import' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('2 resources were imported, 2 resources were deleted').first().waitFor();
    assert.deepEqual((await api('GET', `${service}/device2`)).resources, {
      fresh: { format: 'boolean', unit: '', settable: false, allowed: [], sync: true },
      temperature: { format: 'number', unit: 'F', settable: false, allowed: ['0:100'], sync: true },
    });
  },

  // spec: console.everywhere/3+++
  'a viewer and an operator look at resources and cannot change them, and the API refuses it': async ({ open, at, api, service, keyOf, base, assert }) => {
    await api('POST', `${service}/device2/resource/temperature`, { format: 'number' });
    for (const role of ['viewer', 'operator']) {
      const secret = await keyOf(role);
      const page = await open({ secret });
      await page.goto(at('/resources'));
      await rowOf(page, 'temperature').waitFor();
      await page.getByText('Changing them needs the role admin').waitFor();
      for (const name of ['New resource', 'Import', 'Edit temperature', 'Delete temperature']) {
        assert.equal(await page.getByRole('button', { name }).count(), 0, `${role}: ${name}`);
      }

      const reply = await fetch(`${base}${service}/device2/resource/temperature`, { method: 'DELETE', headers: { authorization: `token ${secret}` } });
      assert.equal(reply.status, 403);
    }
  },
};

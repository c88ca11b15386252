// Ten tasks without a mouse.
import { define, fillLittle } from './fill.mjs';
import { focused, notLost, reach } from './keys.mjs';

export const tests = {
  // spec: console.everywhere/5++
  'by keyboard: sign in, and sign out': async (world) => {
    const page = await world.open({ secret: null });
    await page.goto(world.at('/resources'));
    await page.getByLabel('API key').waitFor();
    await reach(page, 'API key');
    await page.keyboard.type(world.key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Resources' }).waitFor();

    await reach(page, /, admin$/);
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await reach(page, 'Sign out', { by: 'ArrowDown' });
    await page.keyboard.press('Enter');
    await page.getByLabel('API key').waitFor();
  },

  'by keyboard: simulate a device, and open it': async (world) => {
    const { page } = world;
    await define(world);
    await page.goto(world.at('/devices'));
    await page.getByRole('button', { name: 'Simulate a device' }).first().waitFor();
    await reach(page, 'Simulate a device');
    await page.keyboard.press('Enter');
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    await reach(page, /./, { role: 'row' });
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/devices\/[^/?]+/);
    await page.getByRole('navigation', { name: 'Device' }).waitFor();
  },

  'by keyboard: set a value': async (world) => {
    const { page, api, service } = world;
    await fillLittle(world);
    await page.goto(world.at('/devices/pump-2'));
    await page.getByRole('button', { name: 'Set setpoint' }).waitFor();
    await reach(page, 'Set setpoint');
    await page.keyboard.press('Enter');
    await focused(page, /setpoint/, world);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('25');
    await page.keyboard.press('Enter');
    await world.until('the value is set', async () => (await api('GET', `${service}/device2/identity/pump-2/state`)).setpoint?.set === 25);
    await notLost(page, world);
  },

  'by keyboard: add a tag': async (world) => {
    const { page, api, service } = world;
    await fillLittle(world);
    await page.goto(world.at('/devices/pump-2/tags'));
    await page.getByRole('form', { name: 'New tag' }).waitFor();
    await reach(page, 'Name');
    await page.keyboard.type('owner');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ann');
    await page.keyboard.press('Enter');
    await world.until('the tag is there', async () => 'owner' in (await api('GET', `${service}/device2/identity/pump-2`)).tags);
    await notLost(page, world);
  },

  'by keyboard: filter the list': async (world) => {
    const { page } = world;
    await fillLittle(world);
    await page.goto(world.at('/devices'));
    await page.getByText('pump-1').first().waitFor();
    await reach(page, 'Filter devices');
    await page.keyboard.type('tag:site=bergen');
    await page.keyboard.press('Enter');
    await page.getByText('pump-1').first().waitFor({ state: 'detached' });
    await page.getByText('pump-2').first().waitFor();
  },

  'by keyboard: lock the devices that are selected': async (world) => {
    const { page, api, service } = world;
    await fillLittle(world);
    await page.goto(world.at('/devices'));
    await page.getByText('pump-1').first().waitFor();
    await reach(page, /pump/, { role: 'row' });
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    // The bar comes with the first choice; before that, "Locked" of the filter would be the next of this name.
    await page.getByText('2 selected').waitFor();
    await reach(page, 'Lock', { by: 'Shift+Tab' });
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await reach(page, /^Lock/);
    await page.keyboard.press('Enter');
    await world.until('two are locked', async () => (await api('GET', `${service}/device2/identities/count?locked=yes`)).count === 2);

    // The results are one stop, and from its row a link is reached.
    const results = page.getByRole('grid', { name: 'Results' });
    await results.getByRole('link').nth(1).waitFor();
    world.assert.equal(await results.locator('a[tabindex="0"]').count(), 1);
    await reach(page, /^pump-\d$/, { role: 'a' });
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/devices\/pump-/);
  },

  'by keyboard: make a resource': async (world) => {
    const { page } = world;
    await page.goto(world.at('/resources'));
    await page.getByRole('button', { name: 'New resource' }).waitFor();
    await reach(page, 'New resource');
    await page.keyboard.press('Enter');
    await focused(page, 'Alias', world);
    await page.keyboard.type('pressure');
    await page.keyboard.press('Enter');
    await notLost(page, world);
    await focused(page, 'New resource', world);
    await page.getByRole('grid').getByText('pressure').waitFor();
  },

  'by keyboard: choose a file to upload': async (world) => {
    const { page } = world;
    // Asked for early: the browser must know of it before the key is pressed.
    const chooser = page.waitForEvent('filechooser');
    await page.goto(world.at('/content'));
    await page.getByRole('button', { name: /upload/i }).first().waitFor();
    await reach(page, /upload/i, { role: 'button' });
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await reach(page, 'Choose files', { role: 'button' });
    await page.keyboard.press('Enter');
    await (await chooser).setFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await page.getByRole('listitem', { name: 'note.txt' }).waitFor();
    await reach(page, 'Upload', { role: 'button' });
    await page.keyboard.press('Enter');
    await page.getByText('1 of 1 uploaded.').waitFor();
    await reach(page, 'Close', { role: 'button' });
    await page.keyboard.press('Enter');
    await notLost(page, world);
    await page.getByRole('grid').getByText('note.txt').waitFor();
  },

  'by keyboard: pause the log, and go on': async (world) => {
    const { page } = world;
    await page.goto(world.at('/logs'));
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await reach(page, 'Pause');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await reach(page, 'Resume', { by: 'Shift+Tab' });
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  },

  'by keyboard: create an API key': async (world) => {
    const { page } = world;
    await page.goto(world.at('/settings/keys'));
    await page.getByRole('button', { name: 'New key' }).waitFor();
    await reach(page, 'New key');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await focused(page, 'Name', world);
    await page.keyboard.type(`ann-${world.label}`);
    await page.keyboard.press('Enter');
    await page.getByText(/msk_/).first().waitFor();
    await reach(page, /^(Close|Done)$/);
    await page.keyboard.press('Enter');
    await notLost(page, world);
    // Two dialogs came one after the other: back to what opened the first.
    await focused(page, 'New key', world);

    // A setting that is saved leaves the focus where it is, though there is nothing more to save.
    await world.visit(world.at('/settings'));
    await page.getByLabel('Description').waitFor();
    await reach(page, 'Description');
    await page.keyboard.type('In the north');
    await reach(page, 'Save');
    await page.keyboard.press('Enter');
    await world.until('it is saved', async () => (await world.api('GET', `${world.service}/device2`)).description === 'In the north');
    await page.getByText('Not saved yet.').waitFor({ state: 'detached' });
    await focused(page, 'Save', world);
  },
};

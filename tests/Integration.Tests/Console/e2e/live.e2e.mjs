// The live log: what devices do now, of all and of one.
import { readFile } from 'node:fs/promises';
import { event, rows, sender, watch } from './logs.mjs';

/** Text of a file that the page saves. */
async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

export const tests = {
  // spec: console.logs/1
  'what devices do shows at once: activation, connect, data, content, delete': async (world) => {
    const page = await watch(world);
    await page.getByRole('heading', { name: 'Nothing has happened yet' }).waitFor();
    await page.getByText('provision/activate').waitFor();
    const token = await world.activate('pump-1');
    await world.write(token, { temperature: '21.5' });
    const upload = await fetch(`${world.base}/provision/upload?id=log.txt`, { method: 'PUT', headers: { 'X-Exosite-CIK': token, 'content-type': 'text/plain' }, body: 'one line' });
    world.assert.equal(upload.status, 204);
    await world.api('DELETE', `${world.service}/device2/identity/pump-1`);
    for (const word of ['Provisioned', 'Connect', 'Data in', 'Content in', 'Disconnect', 'Deleted']) {
      await rows(page).filter({ hasText: word }).filter({ hasText: 'pump-1' }).first().waitFor();
    }

    await rows(page).filter({ hasText: 'temperature=21.5' }).waitFor();
    await rows(page).filter({ hasText: 'device2/pump-1/log.txt, 8 B, text/plain' }).waitFor();
  },

  // spec: console.logs/1, console.logs/2+
  'a refusal shows with its reason, in words': async (world) => {
    const token = await world.activate('pump-1');
    await world.api('POST', `${world.service}/device2/identity/pump-1/state`, { undefined_alias_of_test: 1 }).catch(() => undefined);
    await world.api('PATCH', `${world.service}/device2/identity/pump-1`, { locked: true });
    const page = await watch(world);
    await fetch(`${world.base}/onep:v1/stack/alias`, { method: 'POST', headers: { 'X-Exosite-CIK': token }, body: 'a=1' });
    await rows(page).filter({ hasText: 'Refused' }).filter({ hasText: 'locked: The identity is locked. (401 POST /onep:v1/stack/alias)' }).waitFor();
    // An attempt to be let in, by a device that is.
    await world.activate('pump-2');
    await world.assert.rejects(world.activate('pump-2'));
    await rows(page).filter({ hasText: 'Refused' }).filter({ hasText: 'pump-2' }).filter({ hasText: /already-provisioned: .+ \(409 POST \/provision\/activate\)/ }).waitFor();
  },

  // spec: console.logs/2+
  'paused, it keeps and counts what comes, and shows it afterwards': async (world) => {
    const page = await watch(world);
    const group = await sender(world);
    await group.sendToAll([event(0), event(1)]);
    await page.getByText('2 shown of 2').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await group.sendToAll(Array.from({ length: 1234 }, (_, i) => event(i)));
    await page.getByText('Paused: 1,234 new').waitFor();
    world.assert.equal(await rows(page).count(), 3);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('1,236 shown of 1,236').waitFor();
    // Nothing is left to be shown, and no filter is to blame.
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await group.sendToAll([event(0)]);
    await page.getByText('What comes while the log is paused shows when you resume.').waitFor();
    world.assert.equal(await page.getByText('No event fits the filter so far.').count(), 0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('1 shown of 1').waitFor();
  },

  'who scrolls down reads on in peace, and comes back to the newest': async (world) => {
    const page = await watch(world);
    const group = await sender(world);
    await group.sendToAll(Array.from({ length: 200 }, (_, i) => event(i)));
    await page.getByText('200 shown of 200').waitFor();
    const grid = page.getByRole('grid', { name: 'Events, newest first' });
    await grid.evaluate((element) => element.scrollTo({ top: 2000 }));
    await page.getByText('Paused: 0 new').waitFor();
    const before = await grid.evaluate((element) => element.querySelector('[data-index="55"]').textContent);
    await group.sendToAll(Array.from({ length: 100 }, (_, i) => event(i)));
    await page.getByText('Paused: 100 new').waitFor();
    world.assert.equal(await grid.evaluate((element) => element.scrollTop), 2000);
    world.assert.equal(await grid.evaluate((element) => element.querySelector('[data-index="55"]').textContent), before);
    await grid.evaluate((element) => element.scrollTo({ top: 0 }));
    await page.getByText('300 shown of 300').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
  },

  // spec: console.logs/2+
  'filters by device, type and text stand in the address': async (world) => {
    const page = await watch(world);
    const group = await sender(world);
    const send = () => group.sendToAll([event(1), event(2), { type: 'refused', identity: 'valve', timestamp: 1, reason: 'locked', message: 'The identity is locked.' }, { type: 'deleted', identity: 'valve', timestamp: 2 }]);
    await send();
    await page.getByText('4 shown of 4').waitFor();
    await page.getByLabel('Device', { exact: true }).fill('VALVE');
    await page.getByText('2 shown of 4').waitFor();
    await page.getByLabel('Types').click();
    await page.getByRole('menuitemcheckbox', { name: 'Refused' }).click();
    await page.keyboard.press('Escape');
    await page.getByText('1 shown of 4').waitFor();
    await page.getByRole('searchbox', { name: 'Text' }).fill('nothing like it');
    await page.getByText('No event fits the filter so far.').waitFor();
    await page.getByRole('searchbox', { name: 'Text' }).fill('locked');
    await page.getByText('1 shown of 4').waitFor();
    const there = await world.open();
    await there.goto(page.url());
    await there.getByText('Live', { exact: true }).waitFor();
    await send();
    await there.getByText('1 shown of 4').waitFor();
    await there.getByRole('button', { name: 'Show all' }).click();
    await there.getByText('4 shown of 4').waitFor();
  },

  // spec: console.logs/2+
  'a row opens the whole event, by mouse and by keyboard, and leads to the device': async (world) => {
    const page = await watch(world);
    const group = await sender(world);
    await group.sendToAll([event(1), event(2, { connection_id: 'c-77' })]);
    await rows(page).filter({ hasText: 'flood-2' }).click();
    const dialog = page.getByRole('dialog', { name: 'Data in' });
    await dialog.getByText('"connection_id": "c-77"').waitFor();
    world.assert.deepEqual(await world.axe(), []);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'row');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByText('"identity": "flood-1"').waitFor();
    await dialog.getByRole('button', { name: 'This device only' }).click();
    await page.waitForURL((url) => url.searchParams.get('device') === 'flood-1');
    await rows(page).filter({ hasText: 'flood-1' }).click();
    await dialog.getByRole('link', { name: 'Go to the device' }).click();
    await page.waitForURL((url) => url.pathname === world.at('/devices/flood-1'));
  },

  // spec: console.logs/2+
  'what is on screen is saved as JSON lines and as a table': async (world) => {
    const page = await watch(world, '/logs?device=flood-3');
    const group = await sender(world);
    await group.sendToAll([event(1), event(3, { timestamp: 1 }), event(3, { timestamp: 2_000_000 })]);
    await page.getByText('2 shown of 3').waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const lines = await saved(page, () => page.getByRole('menuitem', { name: 'JSON lines' }).click());
    world.assert.equal(lines.name, 'log.jsonl');
    world.assert.deepEqual(lines.text.trimEnd().split('\n').map((line) => JSON.parse(line).timestamp), [1, 2_000_000]);
    await page.getByRole('button', { name: 'Export' }).click();
    const table = await saved(page, () => page.getByRole('menuitem', { name: 'CSV' }).click());
    world.assert.equal(table.name, 'log.csv');
    world.assert.match(table.text, /^time,type,identity,.*\r\n1970-01-01T00:00:00\.000Z,data_in,flood-3,.*\r\n1970-01-01T00:00:02\.000Z,data_in,flood-3,/);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByRole('heading', { name: 'Nothing has happened yet' }).waitFor();
  },

  'what is lost is told: by the app, and on the way, also across a connection that broke': async (world) => {
    const page = await watch(world);
    const group = await sender(world);
    await group.sendToAll([event(0, { sender: 's1', n: 10 })]);
    await group.sendToAll([{ type: 'dropped', timestamp: 1, count: 17, sender: 's1', n: 11 }]);
    await page.getByText('Events are missing here: 17 before they could be sent.').waitFor();
    await group.closeAllConnections();
    await page.getByText('Connecting again').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await group.sendToAll([event(0, { sender: 's1', n: 33 })]);
    await page.getByText('17 before they could be sent, 5 on the way to this page.').waitFor();
  },

  // spec: console.devices/11
  'a device has a log of its own': async (world) => {
    const token = await world.activate('mine/1');
    const other = await world.activate('other');
    const page = await watch(world, `/devices/${encodeURIComponent('mine/1')}/log`);
    await world.write(other, { temperature: '1' });
    await world.write(token, { temperature: '2' });
    await rows(page).filter({ hasText: 'temperature=2' }).waitFor();
    world.assert.equal(await rows(page).filter({ hasText: 'temperature=1' }).count(), 0);
    world.assert.equal(await page.getByRole('textbox', { name: 'Device' }).count(), 0);
  },

  'without Web PubSub it says so': async (world) => {
    const { page } = world;
    await page.route('**/log/negotiate', (route) => route.fulfill({ status: 409, contentType: 'application/json', body: '{"reason":"no-live-channel","message":"x"}' }));
    await page.goto(world.at('/logs'));
    await page.getByText('There is no live log here: the app has no Web PubSub service.').waitFor();
    world.assert.deepEqual(await world.axe(), []);
  },

  // spec: console.everywhere/5+
  'the call behind the log is shown, without a token': async (world) => {
    const page = await watch(world);
    await page.getByRole('button', { name: 'API' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`${world.service}/log/negotiate`).waitFor();
    world.assert.doesNotMatch(await dialog.textContent(), /access_token/);
  },
};

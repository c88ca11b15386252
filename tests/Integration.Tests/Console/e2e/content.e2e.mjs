// Files: of the connector and of its devices.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const rows = (page) => page.getByRole('grid', { name: 'Files' }).getByRole('row');
const file = (name, text, mimeType = 'text/plain') => ({ name, mimeType, buffer: Buffer.from(text) });

/** Uploads a file by the API. */
async function put({ api, base, service }, id, text, more = '') {
  const offer = await api('GET', `${service}/content/item/${encodeURIComponent(id)}/upload?type=text%2Fplain${more}`);
  const form = new FormData();
  Object.entries(offer.inputs).forEach(([name, value]) => form.append(name, value));
  form.append(offer.field, new Blob([text]));
  const { pathname, search } = new URL(offer.url);
  const reply = await fetch(base + pathname + search, { method: 'POST', body: form });
  if (reply.status !== 204) {
    throw new Error(`${reply.status} ${await reply.text()}`);
  }
}

/** A device uploads a file. */
async function putAs({ base, assert }, token, name, text) {
  const reply = await fetch(`${base}/provision/upload?id=${name}`, { method: 'PUT', headers: { 'X-Exosite-CIK': token, 'content-type': 'text/plain' }, body: text });
  assert.equal(reply.status, 204);
}

async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

/** Opens the dialog for uploads and chooses files. */
async function choose(page, files) {
  await page.getByRole('button', { name: 'Upload files' }).click();
  const dialog = page.getByRole('dialog', { name: 'Upload files' });
  await dialog.locator('input[type=file]').setInputFiles(files);
  return dialog;
}

export const tests = {
  // spec: console.content/1, console.content/1+
  'the list shows id, MIME type, size, time, SHA-256 and tags, and a row all of it': async (world) => {
    const { page } = world;
    await put(world, 'boot.txt', 'hello', `&tags=${encodeURIComponent('{"kind":"firmware"}')}`);
    await page.goto(world.at('/content'));
    const row = rows(page).filter({ hasText: 'boot.txt' });
    for (const text of ['text/plain', '5 B', String(new Date().getFullYear()), sha256('hello').slice(0, 10), 'kind=firmware']) {
      await row.getByText(text).first().waitFor();
    }

    await row.getByText('5 B').click();
    const dialog = page.getByRole('dialog', { name: 'boot.txt' });
    await dialog.getByText(sha256('hello')).waitFor();
    world.assert.deepEqual(await world.axe(), []);
  },

  // spec: console.content/1
  'several files are uploaded at once, with ids, types and tags of one\'s own, and a result for each': async (world) => {
    const { page } = world;
    await page.goto(world.at('/content'));
    await page.getByRole('heading', { name: 'There are no files yet' }).waitFor();
    const dialog = await choose(page, [file('a.txt', 'one'), file('b.bin', '', '')]);
    await dialog.getByRole('listitem', { name: 'a.txt' }).getByLabel('Id').fill('notes/a.txt');
    await dialog.getByRole('listitem', { name: 'a.txt' }).getByLabel('MIME type').fill('text/markdown');
    await dialog.getByLabel('Tags of these files').fill('kind=notes, description=First');
    world.assert.deepEqual(await world.axe(), []);
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click();
    await dialog.getByText('2 of 2 uploaded.').waitFor();
    const results = await saved(page, () => dialog.getByRole('button', { name: 'Save results' }).click());
    world.assert.equal(results.text, 'id,size,result,problem\r\nnotes/a.txt,3,done,\r\nb.bin,0,done,\r\n');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await rows(page).filter({ hasText: 'notes/a.txt' }).waitFor();
    const { last_modified, ...item } = await world.api('GET', `${world.service}/content/item/${encodeURIComponent('notes/a.txt')}`);
    world.assert.ok(last_modified);
    // Both calls of the upload are shown, without what lets in whoever has it.
    await page.getByRole('button', { name: 'API', exact: true }).click();
    const changes = page.getByRole('region', { name: 'What you changed last' });
    await changes.getByText(`${world.service}/content/item/notes%2Fa.txt/upload?`).waitFor();
    await changes.getByText(/^curl -X POST .*--form-string 'type=text\/markdown'.* -F 'file=@a.txt' .*\/content\/signed\/.*\?\*\*\*'$/).waitFor();
    world.assert.doesNotMatch(await changes.textContent(), /signature=/);
    world.assert.deepEqual({ type: item.type, length: item.length, tags: item.tags }, { type: 'text/markdown', length: 3, tags: { kind: 'notes', description: 'First' } });
  },

  // spec: console.content/1+
  'files are dropped on the page': async (world) => {
    const { page } = world;
    await page.goto(world.at('/content'));
    await page.getByRole('heading', { name: 'There are no files yet' }).waitFor();
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['dropped'], 'drop.txt', { type: 'text/plain' }));
      return transfer;
    });
    await page.getByRole('heading', { name: 'There are no files yet' }).dispatchEvent('drop', { dataTransfer: data });
    const dialog = page.getByRole('dialog', { name: 'Upload files' });
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click();
    await dialog.getByText('1 of 1 uploaded.').waitFor();
  },

  'a file that would be replaced is warned of, and what cannot be is said before': async (world) => {
    const { page } = world;
    await put(world, 'boot.txt', 'hello');
    await page.goto(world.at('/content'));
    const dialog = await choose(page, [file('boot.txt', 'more')]);
    await dialog.getByText('Replaces a file of 5 B.').waitFor();
    await dialog.getByLabel('Id').fill('device2/x/y');
    await dialog.getByText('Ids that begin with device2/ are for files that devices upload.').waitFor();
    world.assert.ok(await dialog.getByRole('button', { name: 'Upload', exact: true }).isDisabled());
    await dialog.getByLabel('Id').fill('other.txt');
    await page.waitForFunction(() => ![...document.querySelectorAll('[role=dialog] button')].find((button) => button.textContent === 'Upload').disabled);
  },

  'a file of 64 MB is refused before it is sent': async (world) => {
    const { page } = world;
    await page.goto(world.at('/content'));
    await page.getByRole('button', { name: 'Upload files' }).click();
    const dialog = page.getByRole('dialog', { name: 'Upload files' });
    await dialog.locator('input[type=file]').evaluate((input) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(64 * 1024 * 1024)], 'big.bin'));
      input.files = transfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await dialog.getByText('A file must be smaller than 64 MB.').waitFor();
    world.assert.ok(await dialog.getByRole('button', { name: 'Upload', exact: true }).isDisabled());
  },

  // spec: console.everywhere/6+
  'an upload is cancelled, and can be tried again': async (world) => {
    const { page } = world;
    await page.goto(world.at('/content'));
    let isHeld = true;
    await page.route('**/content/signed/**', (route) => (isHeld ? undefined : route.continue()));
    const dialog = await choose(page, [file('a.txt', 'one'), file('b.txt', 'two')]);
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click();
    await dialog.getByText('sent').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.getByText('0 of 2 uploaded.').waitFor();
    world.assert.equal(await dialog.getByText('Cancelled.').count(), 2);
    isHeld = false;
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.getByText('2 of 2 uploaded.').waitFor();
  },

  // spec: console.content/1
  'a file is downloaded': async (world) => {
    const { page } = world;
    await put(world, 'a/boot.txt', 'hello');
    await page.goto(world.at('/content'));
    await rows(page).filter({ hasText: 'a/boot.txt' }).getByText('5 B').click();
    const { name, text } = await saved(page, () => page.getByRole('button', { name: 'Download' }).click());
    world.assert.deepEqual({ name, text }, { name: 'boot.txt', text: 'hello' });
  },

  // spec: console.content/1
  'files are deleted: one after a question, several after what must be typed': async (world) => {
    const { page } = world;
    await Promise.all(['a', 'b', 'c'].map((id) => put(world, id, id)));
    await page.goto(world.at('/content'));
    await rows(page).nth(1).getByText('1 B').click();
    await page.getByRole('dialog', { name: 'a' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: 'Delete this file?' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByText('2 files').waitFor();
    await page.getByLabel('Select all rows that are loaded').check();
    await page.getByRole('button', { name: 'Delete 2' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete 2 files?' });
    world.assert.ok(await dialog.getByRole('button', { name: 'Delete' }).isDisabled());
    // What could not be deleted is told of each, and stays selected.
    const busy = (route) => (route.request().method() === 'DELETE' ? route.fulfill({ status: 503, json: { message: 'Busy.' } }) : route.continue());
    await page.route('**/content/item/c', busy);
    await dialog.getByRole('textbox').fill('delete 2 files');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    const results = page.getByRole('dialog', { name: 'Deleted files' });
    await results.getByText('1 of 2 files deleted.').waitFor();
    world.assert.deepEqual(await world.axe(), []);
    const { text } = await saved(page, () => results.getByRole('button', { name: 'Save results' }).click());
    world.assert.equal(text, 'id,result,problem\r\nb,deleted,\r\nc,failed,Busy.\r\n');
    await results.getByRole('button', { name: 'Close' }).click();
    await page.unroute('**/content/item/c', busy);
    await page.getByText('1 file', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Delete 1' }).click();
    await page.getByRole('dialog', { name: 'Delete this file?' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'There are no files yet' }).waitFor();
  },

  'the list is filtered by what ids begin with and by a tag, in the address': async (world) => {
    const { page } = world;
    await Promise.all([put(world, 'fw/1', '1', `&tags=${encodeURIComponent('{"kind":"old"}')}`), put(world, 'fw/2', '2'), put(world, 'other', '3')]);
    await page.goto(world.at('/content'));
    await page.getByText('3 files').waitFor();
    const box = page.getByLabel('Id begins with');
    await box.pressSequentially('fw/');
    await page.getByText('2 files').waitFor();
    world.assert.equal(await box.inputValue(), 'fw/');
    await page.getByRole('searchbox', { name: 'Tag' }).fill('kind=old');
    await page.getByText('1 file', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('1 file', { exact: true }).waitFor();
    await page.getByRole('searchbox', { name: 'Tag' }).fill('kind');
    await page.getByText('Write it as name=value.').waitFor();
    await page.getByRole('searchbox', { name: 'Tag' }).fill('kind=new');
    await page.getByRole('heading', { name: 'No file fits' }).waitFor();
  },

  // spec: console.content/1+
  'files that a device uploaded stand under it, and lead to it': async (world) => {
    const { page } = world;
    const token = await world.activate('mine/1');
    await putAs(world, token, 'log.txt', 'one line');
    await put(world, 'boot.txt', 'hello');
    await page.goto(world.at('/content'));
    await page.getByRole('link', { name: 'mine/1' }).click();
    await page.waitForURL((url) => url.pathname === world.at(`/devices/${encodeURIComponent('mine/1')}/files`));
    await page.getByRole('heading', { level: 1, name: 'mine/1' }).waitFor();
    await rows(page).filter({ hasText: 'log.txt' }).getByText('8 B').waitFor();
    world.assert.equal(await rows(page).count(), 2);
    await world.activate('other');
    await world.visit(world.at('/devices/other/files'));
    await page.getByText('provision/upload?id=log.txt').waitFor();
  },

  // spec: console.everywhere/3+++
  'a viewer looks and fetches, and changes nothing': async (world) => {
    await put(world, 'boot.txt', 'hello');
    const page = await world.open({ secret: await world.keyOf('viewer') });
    await page.goto(world.at('/content'));
    await rows(page).filter({ hasText: 'boot.txt' }).getByText('5 B').click();
    const dialog = page.getByRole('dialog', { name: 'boot.txt' });
    await dialog.getByRole('button', { name: 'Download' }).waitFor();
    world.assert.equal(await dialog.getByRole('button', { name: 'Delete' }).count(), 0);
    await dialog.getByRole('button', { name: 'Close' }).click();
    world.assert.equal(await page.getByRole('button', { name: 'Upload files' }).count(), 0);
    world.assert.equal(await page.getByRole('checkbox').count(), 0);
  },
};

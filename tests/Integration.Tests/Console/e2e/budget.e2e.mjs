// What the first screen costs, as the browser counts it.
import { settled } from './screens.mjs';

const Budget = 250_000;

/** Everything that is loaded from here on: address, kind, and bytes as they were sent. */
async function loads(page) {
  const session = await page.context().newCDPSession(page);
  const all = new Map();
  session.on('Network.responseReceived', ({ requestId, type, response }) => all.set(requestId, { url: response.url, type, bytes: 0 }));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = all.get(requestId);
    if (one !== undefined) {
      one.bytes = encodedDataLength;
    }
  });
  await session.send('Network.enable');
  return () => [...all.values()].filter(({ type }) => ['Document', 'Script', 'Stylesheet'].includes(type));
}

export const tests = {
  // spec: console.stack/1
  'the first screen takes at most 250 KB, and what others need comes when they are visited': async (world) => {
    const { assert, at, note, page } = world;
    const loaded = await loads(page);
    await page.goto(at('/devices'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    const first = loaded();
    const bytes = first.reduce((sum, one) => sum + one.bytes, 0);
    note(`The first screen: ${first.length} files, ${bytes} bytes as sent.`);
    assert.ok(bytes <= Budget, `${bytes} bytes: ${first.map((one) => `${new URL(one.url).pathname} ${one.bytes}`).join(', ')}`);

    for (const [link, file] of [['Resources', /ResourcesPage/], ['Content', /ContentPage/], ['Logs', /LogsPage/], ['Settings', /SettingsPage/]]) {
      assert.ok(!loaded().some(({ url }) => file.test(url)), `${file} is loaded before it is visited`);
      await page.getByRole('navigation', { name: 'Connector' }).getByRole('link', { name: link }).click();
      await page.waitForURL(new RegExp(`/${link.toLowerCase()}`));
      await world.until(`${file} is loaded`, () => loaded().some(({ url }) => file.test(url)));
    }
  },
};

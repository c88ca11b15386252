// What the first screen costs, as the browser counts it.
import { settled } from './screens.mjs';

const Budget = 250_000;

/** Everything that is loaded from here on. */
function loads(page) {
  const all = [];
  page.on('response', (response) => all.push({ url: response.url() }));
  return () => all;
}

export const tests = {
  // spec: console.stack/1
  'the first screen takes at most 250 KB, and what others need comes when they are visited': async (world) => {
    const { assert, at, note, open } = world;
    const page = await open({ anew: true });
    const loaded = loads(page);
    // What follows devices comes last, and counts too.
    const follows = page.waitForEvent('websocket');
    await page.goto(at('/devices'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await follows;
    await settled(page);
    // Bodies as they were sent: what else is in a reply is the server's.
    const first = await page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .filter(({ name }) => /\/console\/(connectors|assets)\//.test(name))
      .map(({ name, encodedBodySize }) => ({ name: new URL(name).pathname, bytes: encodedBodySize })));
    const bytes = first.reduce((sum, one) => sum + one.bytes, 0);
    note(`The first screen: ${first.length} files, ${bytes} bytes as sent.`);
    assert.ok(first.length > 5 && first.every((one) => one.bytes > 0), JSON.stringify(first));
    assert.ok(bytes <= Budget, `${bytes} bytes: ${first.map((one) => `${one.name} ${one.bytes}`).join(', ')}`);

    for (const [link, file] of [['Resources', /ResourcesPage/], ['Content', /ContentPage/], ['Logs', /LogsPage/], ['Settings', /SettingsPage/]]) {
      assert.ok(!loaded().some(({ url }) => file.test(url)), `${file} is loaded before it is visited`);
      await page.getByRole('navigation', { name: 'Connector' }).getByRole('link', { name: link }).click();
      await page.waitForURL(new RegExp(`/${link.toLowerCase()}`));
      await world.until(`${file} is loaded`, () => loaded().some(({ url }) => file.test(url)));
    }
  },
};

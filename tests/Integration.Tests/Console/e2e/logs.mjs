// The live log of a page, and what comes to it.
import { readFile } from 'node:fs/promises';
import { WebPubSubServiceClient } from '@azure/web-pubsub';

/** Rows of the log, with its head. */
export const rows = (page) => page.getByRole('grid', { name: 'Events, newest first' }).getByRole('row');

/** Opens a log and waits until it is live. */
export async function watch(world, path = '/logs', page = world.page) {
  await page.goto(world.at(path));
  await page.getByText('Live', { exact: true }).waitFor();
  return page;
}

/** What the app would send to those who watch the connector, sent by the test itself: faster than devices could make it happen. */
export async function sender({ runJson, connector, assert }) {
  assert.ok(runJson, 'the address of Web PubSub is wanted: --run-json');
  const hub = new WebPubSubServiceClient(JSON.parse(await readFile(runJson, 'utf8')).webPubSub, 'log', { allowInsecureConnection: true });
  return hub.group(`connector:${connector}`);
}

/** One that a device would make happen. */
export const event = (i, more = {}) => ({ type: 'data_in', identity: `flood-${i % 50}`, ip: '203.0.113.7', protocol: 'onep', timestamp: Date.now() * 1000, payload: [{ timestamp: Date.now() * 1000, values: { temperature: `${i}`, state: 'running' } }], ...more });

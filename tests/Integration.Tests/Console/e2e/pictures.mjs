// Takes the pictures in docs/images, of an app that nobody else uses:
//
//   node pictures.mjs --base http://localhost:7071 --key msk_… --pictures docs/images
//
// What differs from run to run, such as ids, is replaced before the picture is taken.
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { fillMuch } from './fill.mjs';
import { keepWriting, screens, show } from './screens.mjs';
import { makeWorld } from './world.mjs';

const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    key: { type: 'string' },
    pictures: { type: 'string' },
    only: { type: 'string', default: '' },
    browser: { type: 'string', default: '/usr/bin/chromium' },
  },
});

await mkdir(options.pictures, { recursive: true });
const browser = await chromium.launch({ executablePath: options.browser, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'] });
const world = await makeWorld(browser, { ...options, label: 'Pumps' });
try {
  world.job = await fillMuch(world);
  for (const scheme of ['light', 'dark']) {
    const pages = { admin: await world.open({ scheme }), nobody: await world.open({ scheme, secret: null }) };
    for (const screen of screens.filter(({ name }) => name.includes(options.only))) {
      const page = pages[screen.as ?? 'admin'];
      try {
        await show(page, world, { ...screen, during: screen.writes && (() => keepWriting(world, page, screen)) });
        await stand(page, world);
        await page.screenshot({ path: `${options.pictures}/${screen.name}-${scheme}.png`, animations: 'disabled', caret: 'hide' });
      } catch (fault) {
        process.exitCode = 1;
        console.log(`${screen.name}, ${scheme}: ${fault.message}`);
      }
    }
  }
} finally {
  await world.close();
  await browser.close();
}

// Ids and addresses of this run become those of an example.
function stand(page, { base, connector }) {
  return page.evaluate(
    ([from, to, host]) => {
      const replaced = (text) =>
        text
          .replaceAll(from, to)
          .replaceAll(host, 'localhost:7071')
          .replaceAll(/\.localhost:\d+/g, '.localhost:7443')
          .replaceAll(/viewer-[0-9a-z]+/g, 'ann')
          .replaceAll(/operator-[0-9a-z]+/g, 'bob')
          .replaceAll(/[0-9a-f]{32}/g, '0'.repeat(32));
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node.data !== replaced(node.data)) {
          node.data = replaced(node.data);
        }
      }

      for (const input of document.querySelectorAll('input, textarea')) {
        if (input.value !== replaced(input.value)) {
          input.value = replaced(input.value);
        }
      }
    },
    [connector, 'u1rnqm3kgg2u80000', new URL(base).host],
  );
}

// Runs tests of the page in Chromium against a running app:
//
//   node run.mjs --base http://localhost:7071 --key msk_… [--only "part of a name"] [--list] [--pictures folder] [--run-json data/run.json]
//
// Each *.e2e.mjs beside it exports `tests`, an object of functions by name. For each one, a line of JSON on standard output:
// {"name", "ok", "milliseconds", "error"?}. Ends with code 1 when one fails.
import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { makeWorld } from './world.mjs';

const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    key: { type: 'string' },
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
    pictures: { type: 'string', default: '' },
    browser: { type: 'string', default: '/usr/bin/chromium' },
    parallel: { type: 'string', default: '2' },
    long: { type: 'boolean', default: false },
    'run-json': { type: 'string', default: '' },
  },
});

const files = (await readdir(new URL('.', import.meta.url))).filter((file) => file.endsWith('.e2e.mjs')).sort();
const all = [];
for (const file of files) {
  const { tests } = await import(new URL(file, import.meta.url));
  all.push(...Object.entries(tests).map(([name, run]) => ({ name: `${file.replace('.e2e.mjs', '')}: ${name}`, run })));
}

const chosen = all.filter(({ name }) => name.includes(options.only));
if (options.list) {
  chosen.forEach(({ name }) => console.log(name));
  process.exit(0);
}

const browser = await chromium.launch({ executablePath: options.browser, args: ['--no-sandbox'] });
let failures = 0;

async function runOne({ name, run }) {
  const start = performance.now();
  let error;
  let world;
  try {
    world = await makeWorld(browser, { ...options, runJson: options['run-json'] });
    await run(world);
    world.assertNoComplaints();
  } catch (fault) {
    error = fault.stack ?? String(fault);
    failures++;
    if (world !== undefined && options.pictures !== '') {
      await world.page.screenshot({ path: `${options.pictures}/failed-${name.replaceAll(/\W+/g, '-')}.png` }).catch(() => undefined);
    }
  } finally {
    await world?.close();
  }

  console.log(JSON.stringify({ name, ok: error === undefined, milliseconds: Math.round(performance.now() - start), error }));
}

await Promise.all(
  Array.from({ length: Number(options.parallel) }, async () => {
    for (let next = chosen.shift(); next !== undefined; next = chosen.shift()) {
      await runOne(next);
    }
  }),
);
await browser.close();
process.exit(failures > 0 ? 1 : 0);

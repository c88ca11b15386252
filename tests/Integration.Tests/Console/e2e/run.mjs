// Runs tests of the page in Chromium against a running app:
//
//   node run.mjs --base http://localhost:7071 --key msk_… [--only "part of a name"] [--list] [--pictures folder] [--run-json data/run.json]
//
// Each *.e2e.mjs beside it exports `tests`, an object of functions by name. For each one, a line of JSON on standard output:
// {"name", "ok", "milliseconds", "error"?, "skipped"?, "notes"?}. Ends with code 1 when one fails.
//
// A file may also export a `kind`, and --kind chooses among them, several one after the other with commas in between:
//   beside   run beside each other, which is what files without one do;
//   alone    measure how smooth the page is: they run one by one, and want a machine that does nothing else;
//   fresh    want an app that nobody has used;
//   entra    want an app that trusts an issuer which signs in an operator, ann@example.com.
import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { makeWorld } from './world.mjs';

const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    key: { type: 'string' },
    only: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
    pictures: { type: 'string', default: '' },
    browser: { type: 'string', default: '/usr/bin/chromium' },
    parallel: { type: 'string', default: '3' },
    fleet: { type: 'string', default: '' },
    kind: { type: 'string', default: 'beside' },
    since: { type: 'string', default: '' },
    long: { type: 'boolean', default: false },
    'run-json': { type: 'string', default: '' },
  },
});

/** One that hangs must not take the others with it. */
const Limit = options.long ? 900_000 : 600_000;

const files = (await readdir(new URL('.', import.meta.url))).filter((file) => file.endsWith('.e2e.mjs')).sort();
const all = [];
for (const file of files) {
  const { tests, kind = 'beside' } = await import(new URL(file, import.meta.url));
  all.push(...Object.entries(tests).map(([name, run]) => ({ name: `${file.replace('.e2e.mjs', '')}: ${name}`, run, kind })));
}

const named = all.filter(({ name }) => name.includes(options.only));
if (options.list) {
  named.forEach(({ name }) => console.log(name));
  process.exit(0);
}

// Whoever asks for names alone need not wait for it.
const { chromium } = await import('playwright-core');
const browser = await chromium.launch({ executablePath: options.browser, args: ['--no-sandbox'] });
let failures = 0;

async function limited(work) {
  let timer;
  try {
    const late = new Promise((_, refuse) => (timer = setTimeout(() => refuse(new Error(`not done within ${Limit} ms`)), Limit)));
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function runOne({ name, run, kind }, place) {
  const start = performance.now();
  let error;
  let skipped;
  let world;
  try {
    world = await makeWorld(browser, { ...options, fresh: kind === 'fresh', runJson: options['run-json'], place });
    await limited(run(world));
    world.assertNoComplaints();
  } catch (fault) {
    if (fault.name === 'Skip') {
      skipped = fault.message;
    } else {
      error = fault.stack ?? String(fault);
      failures++;
      if (world !== undefined && options.pictures !== '') {
        await world.shoot(`${options.pictures}/failed-${name.replaceAll(/\W+/g, '-').slice(0, 120)}`);
      }
    }
  } finally {
    await world?.close(error !== undefined).catch((fault) => console.error(`${name}: ${fault.stack}`));
  }

  const notes = world?.notes.length > 0 ? world.notes : undefined;
  console.log(JSON.stringify({ name, ok: error === undefined, milliseconds: Math.round(performance.now() - start), error, skipped, notes }));
}

for (const kind of options.kind.split(',')) {
  const chosen = named.filter((one) => one.kind === kind);
  await Promise.all(
    Array.from({ length: kind === 'beside' ? Number(options.parallel) : 1 }, async () => {
      // Those that run one by one measure, or want an app that nobody has used: each has a browser page of its own.
      const place = kind === 'beside' ? { pages: [] } : undefined;
      for (let next = chosen.shift(); next !== undefined; next = chosen.shift()) {
        await runOne(next, place);
      }
    }),
  );
}

await browser.close();
process.exit(failures > 0 ? 1 : 0);

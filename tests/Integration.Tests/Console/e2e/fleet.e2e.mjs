// A connector with very many devices, which whoever starts this has seeded: 1,000, in the long form 100,000. Times are noted; they decide nothing.
export const kind = 'alone';

const List = '/device2/identity?';

const identitiesIn = (grid) => grid.getByRole('rowheader').or(grid.getByRole('link')).allInnerTexts();

export const tests = {
  // spec: console.devices/7+
  'a fleet: first rows come with the first page, and scrolling draws only what is in sight': async (world) => {
    const { page, assert, fleet, until, note, skip, api, long } = world;
    if (fleet === '') {
      skip('no fleet was seeded');
    }

    const { count } = await api('GET', `/api:1/service/${fleet}/device2/identities/count`);
    const asked = [];
    page.on('request', (request) => request.url().includes(List) && asked.push(request.url()));
    // The program of the page is in the browser's cache, as with any visit but the first.
    await page.goto(`/console/connectors/${fleet}/jobs`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const grid = page.getByRole('grid', { name: 'Devices' });
    const visits = [];
    const [enough, duration] = long ? [5, 5_000] : [1, 2_000];
    while (visits.length < enough) {
      asked.length = 0;
      const listed = page.waitForResponse((response) => response.url().includes(List));
      const counted = page.waitForResponse((response) => response.url().includes('/identities/count'), { timeout: 300_000 });
      const start = Date.now();
      await page.goto(`/console/connectors/${fleet}/devices`);
      await grid.getByRole('link').first().waitFor();
      const first = Date.now() - start;
      assert.equal(asked.length, 1, `first rows need one page: ${asked.join(' ')}`);
      const { responseStart, requestStart } = (await listed).request().timing();
      visits.push({ first, reply: responseStart - requestStart });
      // The emulator does one thing at a time.
      await counted;
    }

    const middle = (name) => visits.map((visit) => visit[name]).sort((one, other) => one - other)[Math.floor(enough / 2)].toFixed(0);

    const { gaps, tasks, height, time } = await grid.evaluate(
      (frame, least) =>
        new Promise((done) => {
          const found = [];
          const long = [];
          new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration))).observe({ entryTypes: ['longtask'] });
          const begin = performance.now();
          let last = begin;
          const step = (now) => {
            found.push(now - last);
            last = now;
            frame.scrollTop += 120;
            // Beyond the first page, however long the next one takes; the test's own limit ends it.
            if (now < begin + least || frame.scrollTop < 5_000) {
              requestAnimationFrame(step);
            } else {
              done({ gaps: found.sort((one, other) => one - other), tasks: long, height: frame.scrollTop, time: now - begin });
            }
          };
          requestAnimationFrame(step);
        }),
      duration,
    );
    note(
      `${count} devices: first rows after ${middle('first')} ms, of which the app took ${middle('reply')} ms (the middle; visits: ` +
        `${visits.map(({ first, reply }) => `${first} and ${reply.toFixed(0)}`).join(', ')}); in ${(time / 1000).toFixed(1)} s of scrolling ${height} px, ${gaps.length} frames, 95 % within ` +
        `${gaps[Math.floor(gaps.length * 0.95)].toFixed(0)} ms, the longest ${gaps.at(-1).toFixed(0)} ms; tasks over 50 ms: ${tasks.length}, the longest ${Math.max(0, ...tasks).toFixed(0)} ms`,
    );
    const rows = await grid.getByRole('row').count();
    assert.ok(asked.some((url) => url.includes('cursor=')), 'more pages were asked for while it was scrolled');
    assert.ok(rows < 100, `${rows} rows are drawn`);

    // One by its whole name, out of all.
    const last = (await api('GET', `/api:1/service/${fleet}/device2/identity/?limit=1&order=identity`)).devices[0].identity;
    await page.goto(`/console/connectors/${fleet}/devices?q=${encodeURIComponent(`identity:${last}`)}&order=identity`);
    await until('the one that is asked for is there', async () => (await identitiesIn(grid)).includes(last));
    assert.ok((await grid.getByRole('row').count()) <= 3);
  },
};

// A connector with 100,000 devices, which whoever starts this has seeded. Only in the long form.
export const tests = {
  'fleet: first rows of 100,000 devices within a second, and scrolling that is smooth': async (world) => {
    if (!world.long) {
      console.error('fleet: skipped: it needs 100,000 devices, which the long form has');
      return;
    }

    const { page, at, assert, until } = world;
    // Once, so that the page itself is in the browser's cache, as with any second visit.
    await page.goto(at('/jobs'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    const start = Date.now();
    await page.goto(at('/devices'));
    const grid = page.getByRole('grid', { name: 'Devices' });
    await grid.getByRole('link').first().waitFor();
    const first = Date.now() - start;

    const gaps = await grid.evaluate(
      (frame) =>
        new Promise((done) => {
          const found = [];
          const end = performance.now() + 5_000;
          let last = performance.now();
          const step = (now) => {
            found.push(now - last);
            last = now;
            frame.scrollTop += 120;
            if (now < end) {
              requestAnimationFrame(step);
            } else {
              done(found.sort((one, other) => one - other));
            }
          };
          requestAnimationFrame(step);
        }),
    );
    const at95 = gaps[Math.floor(gaps.length * 0.95)];
    console.error(`fleet: first rows after ${first} ms; ${gaps.length} frames in 5 s, 95 % within ${at95.toFixed(1)} ms, the longest ${gaps.at(-1).toFixed(1)} ms`);
    assert.ok(first <= 1_000, `first rows after ${first} ms`);
    assert.ok(at95 <= 50, `a frame in twenty takes ${at95} ms`);
    await until('the count is there', async () => (await page.getByRole('status', { name: '100000 devices' }).count()) === 1, 60_000);
  },
};

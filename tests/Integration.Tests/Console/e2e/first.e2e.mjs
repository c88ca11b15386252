// A new app, and somebody who reads nothing.
export const kind = 'fresh';

const Clicks = 5;
const Time = 60_000;

export const tests = {
  // spec: console.stack/2, console.devices/12+
  'from a fresh start to the first device online it takes at most five clicks and a minute': async (world) => {
    const { assert, base, key, note, since, open } = world;
    const page = await open({ secret: null });
    let clicks = 0;
    const click = async (locator) => {
      clicks++;
      await locator.click();
    };

    await page.goto(base);
    await click(page.getByLabel('API key'));
    await page.keyboard.insertText(key);
    await click(page.getByRole('button', { name: 'Sign in' }));
    await click(page.getByRole('button', { name: 'Simulate a device' }).first());
    await page.getByRole('row').filter({ hasText: /online/i }).filter({ hasNotText: /offline|last seen/i }).first().waitFor({ timeout: Time });

    const took = Date.now() - since;
    note(`From the start of the app to the first device online: ${took} ms, ${clicks} clicks.`);
    assert.ok(clicks <= Clicks, `${clicks} clicks`);
    assert.ok(took <= Time, `${took} ms`);
  },
};

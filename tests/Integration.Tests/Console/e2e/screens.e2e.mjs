// Every screen: accessibility rules in both themes, and room at 320 pixels and at 200 %.
import { fillLittle, fillMuch, upload } from './fill.mjs';
import { troubles } from './layout.mjs';
import { dialogs, emptyScreens } from './moreScreens.mjs';
import { receive } from './receiver.mjs';
import { keepWriting, screens, settled, show } from './screens.mjs';
import { Usual } from './world.mjs';

/** What differs where only the theme does. */
const Colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** Walks over screens; what is wrong with each is said at the end. */
async function walk(world, which, others = {}) {
  const wrong = [];
  const pages = { admin: world.page, ...others };
  // Each screen is looked at in the theme that the one before ended with, and then in the other.
  const themes = ['light', 'dark'];
  let before;
  for (const screen of which) {
    const page = pages[screen.as ?? 'admin'];
    await page.emulateMedia({ colorScheme: themes[0] });
    // A dialog after another one of the same screen: that stands there already.
    const stands = before?.path === screen.path && before.as === screen.as && (await closeDialog(page));
    before = undefined;
    const say = (where, found) => wrong.push(...found.map((one) => `${screen.name} ${where}: ${one}`));
    try {
      await show(page, world, { ...screen, stands, during: screen.writes && (() => keepWriting(world, page, screen)) });
      before = screen;
      say(`in ${themes[0]}`, await world.axe(page));
      if (screen.call !== undefined) {
        say('by API', await missingCall(page, world, screen.call));
      }

      await page.emulateMedia({ colorScheme: themes.reverse()[0] });
      await settled(page);
      say(`in ${themes[0]}`, await world.axe(page, Colours));
      for (const [width, height] of [
        [640, 400],
        [320, 640],
      ]) {
        await page.setViewportSize({ width, height });
        await settled(page);
        say(`at ${width}`, await troubles(page));
      }
    } catch (fault) {
      say('cannot be shown', [fault.message]);
    } finally {
      await page.setViewportSize(Usual.viewport);
    }
  }

  world.assert.deepEqual(wrong, []);
}

/** Closes what is open on a screen; whether it is closed then. */
async function closeDialog(page) {
  await page.keyboard.press('Escape');
  return page.locator('[role=dialog], [role=alertdialog]').first().waitFor({ state: 'detached', timeout: 2_000 }).then(() => true, () => false);
}

/** Looks for a call among those behind a screen; says what is there when it is not. */
async function missingCall(page, { service, job }, call) {
  const wanted = call.replace('{service}', service).replace('{job}', job);
  // Without the mouse, which would stay above something else.
  await page.getByRole('button', { name: 'API', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'API calls behind this screen' });
  const commands = dialog.getByRole('region', { name: 'What this screen shows' }).locator('code');
  await commands.first().waitFor();
  const shown = await commands.allInnerTexts();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  return shown.some((command) => command.startsWith('curl ') && command.includes(wanted)) ? [] : [`no command has ${wanted}: ${shown.join('; ')}`];
}

export const tests = {
  // spec: console.everywhere/5+, console.everywhere/5++
  'nothing is wrong with any screen': async (world) => {
    world.job = await fillMuch(world);
    await walk(world, screens, { nobody: await world.open({ secret: null }) });
  },

  'nothing is wrong where there is nothing yet': async (world) => {
    await walk(world, emptyScreens, { stranger: await strangerOf(world) });
  },

  'nothing is wrong with dialogs': async (world) => {
    await fillLittle(world);
    await world.keyOf('viewer');
    await upload(world, 'manual.txt', 'Turn it on.\n');
    const receiver = await receive({ code: 400 });
    try {
      await makeDeadLetters(world, receiver.url);
      await walk(world, dialogs);
    } finally {
      receiver.close();
    }
  },

  'what a dialog covered is there again when it goes, also where nothing else of the page manages the focus': async ({ page, at, until }) => {
    await page.route('**/Toasts-*', (route) => route.abort());
    await page.goto(at('/settings/keys'));
    await page.getByRole('button', { name: 'New key' }).click();
    const isCovered = () => page.locator('#root').evaluate((root) => root.getAttribute('aria-hidden') === 'true');
    await until('screen readers see the dialog alone', isCovered);
    await page.keyboard.press('Escape');
    await until('they see the page', async () => !(await isCovered()));
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByRole('dialog', { name: 'New API key' }).waitFor();
  },

  'nothing is wrong with three devices': async (world) => {
    await fillLittle(world);
    await walk(world, of('devices', 'device-values', 'device-tags', 'resources'));
  },
};

/** A browser page of somebody whose only connector is gone. */
async function strangerOf({ api, keyOf, open, label }) {
  const { id } = await api('POST', '/api:1/business/murano/solution/', { label: `${label}gone`, type: 'product' });
  const secret = await keyOf('admin', [id]);
  await api('DELETE', `/api:1/business/murano/solution/${id}`);
  return open({ secret });
}

/** What a device wrote is refused by where events go. */
async function makeDeadLetters({ api, service, tokens, write, until }, url) {
  await api('PATCH', `${service}/device2`, { events: { types: ['data_in'], destination: { type: 'webhook', url } } });
  await write(tokens['pump-3'], { temperature: '30' });
  await until('there is a dead letter', async () => (await api('GET', `${service}/device2/events`)).deadletters.count > 0);
}

const of = (...names) => screens.filter(({ name }) => names.includes(name));

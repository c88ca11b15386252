// Every screen: accessibility rules in both themes, and room at 320 pixels and at 200 %.
import { fillLittle, fillMuch } from './fill.mjs';
import { troubles } from './layout.mjs';
import { dialogs, emptyScreens } from './moreScreens.mjs';
import { keepWriting, screens, show } from './screens.mjs';

/** Walks over screens; what is wrong with each is said at the end. */
async function walk(world, which, { scheme, isSmall = true }) {
  const wrong = [];
  const pages = {
    admin: await world.open({ scheme }),
    nobody: await world.open({ scheme, secret: null }),
  };
  for (const screen of which) {
    const page = pages[screen.as ?? 'admin'];
    try {
      await page.setViewportSize({ width: 1280, height: 800 });
      await show(page, world, { ...screen, during: screen.writes && (() => keepWriting(world, page, screen)) });
      // In the other theme nothing differs but colours.
      wrong.push(...(await world.axe(page, isSmall ? undefined : { type: 'rule', values: ['color-contrast', 'link-in-text-block'] })).map((one) => `${screen.name}: ${one}`));
      for (const width of isSmall ? [640, 320] : []) {
        await page.setViewportSize({ width, height: width === 640 ? 400 : 640 });
        wrong.push(...(await troubles(page)).map((one) => `${screen.name} at ${width}: ${one}`));
      }
    } catch (fault) {
      wrong.push(`${screen.name}: ${fault.message}`);
    }
  }

  world.assert.deepEqual(wrong, []);
}

export const tests = {
  // spec: console.everywhere/5++
  'nothing is wrong with the screens of devices, light': async (world) => {
    await fillMuch(world);
    await walk(world, of('sign-in', 'devices', 'devices-tag', 'new-device', 'api-calls'), { scheme: 'light' });
  },

  'nothing is wrong with jobs, light': async (world) => {
    world.job = await fillMuch(world);
    await walk(world, of('jobs', 'job'), { scheme: 'light' });
  },

  'nothing is wrong with the tabs of a device, light': async (world) => {
    await fillMuch(world);
    await walk(world, of(/^device-/), { scheme: 'light' });
  },

  'nothing is wrong with resources, content and logs, light': async (world) => {
    await fillMuch(world);
    await walk(world, of('resources', 'content', 'logs'), { scheme: 'light' });
  },

  'nothing is wrong with the settings, light': async (world) => {
    await fillMuch(world);
    await walk(world, of(/^settings-/), { scheme: 'light' });
  },

  'nothing is wrong with devices and settings, dark': async (world) => {
    world.job = await fillMuch(world);
    await walk(world, of(/^sign-in|^devices|^new-device|^api-calls|^jobs?$|^settings-/), { scheme: 'dark', isSmall: false });
  },

  'nothing is wrong with a device and the other screens, dark': async (world) => {
    await fillMuch(world);
    await walk(world, of(/^device-|^resources|^content|^logs/), { scheme: 'dark', isSmall: false });
  },

  'nothing is wrong where there is nothing yet, light and dark': async (world) => {
    await walk(world, emptyScreens, { scheme: 'light' });
    await walk(world, emptyScreens, { scheme: 'dark', isSmall: false });
  },

  'nothing is wrong with dialogs, light and dark': async (world) => {
    await fillLittle(world);
    await world.keyOf('viewer');
    await walk(world, dialogs, { scheme: 'light' });
    await walk(world, dialogs, { scheme: 'dark', isSmall: false });
  },

  'nothing is wrong with three devices': async (world) => {
    await fillLittle(world);
    await walk(world, of('devices', 'device-values', 'device-tags', 'resources'), { scheme: 'light' });
  },
};

function of(...names) {
  return screens.filter(({ name }) => names.some((one) => (typeof one === 'string' ? one === name : one.test(name))));
}

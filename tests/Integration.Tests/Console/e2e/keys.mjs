// A person without a mouse: everything by the keyboard, and the focus is always somewhere and always seen.
import assert from 'node:assert/strict';

const Most = 150;

/** Presses Tab (or another key) until the focus is on something of that name; its role may be asked for too. */
export async function reach(page, name, { by = 'Tab', role } = {}) {
  const passed = [];
  for (let press = 0; press < Most; press++) {
    const focus = await focusOf(page);
    if (matches(focus, name, role)) {
      await seen(page, focus);
      return;
    }

    passed.push(focus.name);
    await page.keyboard.press(by);
  }

  assert.fail(`${name} cannot be reached by ${by}: ${[...new Set(passed)].join(' | ')}`);
}

/** Waits until the focus is on something of that name. */
export async function focused(page, name, world) {
  await world.until(`the focus is on ${name}`, async () => matches(await focusOf(page), name));
}

/** Waits until a dialog is gone and the focus has gone on to something. */
export async function notLost(page, world) {
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await world.until('the focus is on something', async () => (await focusOf(page)).tag !== 'body');
}

const matches = (focus, name, role) => (typeof name === 'string' ? focus.name === name : name.test(focus.name)) && (role === undefined || focus.role === role);

const focusOf = (page) =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const text = (one) => one?.textContent?.trim() ?? '';
    const named = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => text(document.getElementById(id))).join(' ').trim();
    const label = element.labels?.length > 0 ? text(element.labels[0]).replace(/\s*\*$/, '') : '';
    const name = element.getAttribute('aria-label') || label || named || (element === document.body ? '' : text(element).slice(0, 100)) || element.getAttribute('title') || element.getAttribute('placeholder') || '';
    return { tag: element.tagName.toLowerCase(), role: element.getAttribute('role') ?? element.tagName.toLowerCase(), name };
  });

// An outline, a shadow, or a border that is drawn around or below: by the element, or by what stands closely around it.
async function seen(page, { name }) {
  const isSeen = await page.evaluate(() => {
    const drawn = (element, pseudo) => {
      const style = getComputedStyle(element, pseudo);
      if (pseudo !== undefined && style.content === 'none') {
        return false;
      }

      const isFlat = /^matrix\(0,/.test(style.transform) || style.opacity === '0';
      const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
      const border = pseudo !== undefined && ['Top', 'Right', 'Bottom', 'Left'].some((side) => style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) >= 1);
      return !isFlat && (outline || style.boxShadow !== 'none' || border);
    };

    let element = document.activeElement;
    for (let steps = 0; element !== null && steps < 3; steps++, element = element.parentElement) {
      if (drawn(element) || drawn(element, '::after') || drawn(element, '::before') || (steps === 0 && element.nextElementSibling !== null && (drawn(element.nextElementSibling) || drawn(element.nextElementSibling, '::after')))) {
        return true;
      }
    }

    return false;
  });
  assert.ok(isSeen, `it is not seen that "${name}" has the focus`);
}

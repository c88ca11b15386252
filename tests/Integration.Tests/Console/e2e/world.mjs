// What a test of the page has: a connector of its own, a browser page that is signed in, and the APIs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Generous: the machine may have other things to do.
const Patience = 60_000;

/** The size and the theme that a browser page has where a test says nothing else. */
export const Usual = { colorScheme: 'light', viewport: { width: 1280, height: 800 } };

/** An address of the app where no program of the page runs. */
const Bare = '/console/config.json';

/** What tests listen to. */
const Events = ['pageerror', 'console', 'request', 'response', 'websocket', 'download', 'dialog'];

const AllRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * @param browser Chromium.
 * @param options base: address of the app; key: secret of an admin's key; long: whether the long forms run;
 *   runJson: the app's run.json, for tests that speak with Web PubSub themselves; empty when there is none; fleet: a connector with many devices, or '';
 *   fresh: whether the app is a new one, whose first connector is the test's; since: when it was started, in milliseconds;
 *   label: name of the test's connector; place: has the browser pages that stay for the next test, which has them as if nobody had used them; without, each has its own.
 */
export async function makeWorld(browser, { base, key, long, runJson, fleet, fresh, since, place, label = `t${Math.random().toString(36).slice(2, 10)}` }) {
  const opened = [];
  const notes = [];
  const complaints = [];
  const elsewhere = [];
  let isKept = false;

  async function api(method, path, body, secret = key) {
    const reply = await fetch(base + path, {
      method,
      headers: { authorization: `token ${secret}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await reply.text();
    assert.ok(reply.ok, `${method} ${path}: ${reply.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  const connector = fresh
    ? (await api('GET', '/api:1/business/murano/solution/'))[0].apiId
    : (await api('POST', '/api:1/business/murano/solution/', { label, type: 'product' })).id;
  const service = `/api:1/service/${connector}`;

  /** Secret of a new key of a role, for this test's connector alone unless told otherwise. */
  const keyOf = async (role, connectors = [connector]) =>
    (await api('POST', '/api:1/key', { name: `${role}-${Math.random().toString(36).slice(2, 10)}`, role, connectors })).secret;

  /**
   * A browser page; signed in with the secret unless that is null. It is one that stayed, if any: a renderer that has the page's program takes half the
   * time of a new one. One that is `anew` has nothing in its cache; so has one whose context wants something of its own.
   */
  async function open({ secret = key, scheme = Usual.colorScheme, width = Usual.viewport.width, anew = false, ...wants } = {}) {
    const isUsual = !anew && Object.keys(wants).length === 0;
    const page = heard((isUsual && place?.pages.pop()) || (await newPage(wants)));
    opened.push({ page, stays: isUsual && place !== undefined });
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ ...Usual.viewport, width });
    if (secret !== null) {
      await page.evaluate((value) => sessionStorage.setItem('murano.session', JSON.stringify({ kind: 'key', secret: value })), secret);
    }

    return page;
  }

  /** One that nobody has used, at an address where no program of the page runs. */
  async function newPage(wants) {
    const context = await browser.newContext({ baseURL: base, acceptDownloads: true, locale: 'en-GB', reducedMotion: 'reduce', ...wants });
    context.setDefaultTimeout(Patience);
    const page = await context.newPage();
    await page.goto(Bare);
    return page;
  }

  /** Has a browser page stay, with nothing of the test left in it. */
  async function leave(page) {
    const context = page.context();
    await Promise.all([...context.pages().filter((one) => one !== page).map((one) => one.close()), context.clearCookies(), context.unrouteAll(), page.unrouteAll({ behavior: 'ignoreErrors' })]);
    Events.forEach((event) => page.removeAllListeners(event));
    if (page.url() !== base + Bare) {
      await page.goto(Bare);
    }

    await page.evaluate(() => [sessionStorage, localStorage].forEach((storage) => storage.clear()));
    await page.mouse.move(0, 0);
    place.pages.push(page);
  }

  /** Has what goes wrong in a browser page known. */
  function heard(one) {
    one.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
    one.on('console', (message) => {
      // A refusal that a test provokes is told by the browser and by React, and is no fault of the page.
      if (message.type() === 'error' && !/^(Failed to load resource|ApiError: )/.test(message.text())) {
        complaints.push(`console: ${message.text()}`);
      }
    });
    const asked = (url) => {
      const { protocol, hostname } = new URL(url);
      if (/^(http|ws)s?:$/.test(protocol) && hostname !== new URL(base).hostname && hostname !== '127.0.0.1' && hostname !== 'localhost') {
        elsewhere.push(url);
      }
    };
    one.on('request', (request) => asked(request.url()));
    one.on('websocket', (socket) => asked(socket.url()));
    return one;
  }

  const page = fresh ? undefined : await open();
  const at = (path = '') => `/console/connectors/${connector}${path}`;

  return {
    assert,
    base,
    key,
    long,
    runJson,
    fleet,
    since: Number(since || Date.now()),
    connector,
    label,
    service,
    page,
    open,
    keyOf,
    api,
    /** Address of one of the connector's screens. */
    at,
    /** Goes to a place of the page: as its links do where it runs, which takes a tenth of the time that loading it takes. */
    async visit(path, of = page) {
      if (!(await of.evaluate(() => document.querySelector('#root > *') !== null))) {
        await of.goto(path);
        return;
      }

      // By way of a place that shows nothing of the one before, and with the mouse above nothing: what is seen then is the new one's.
      const go = (to) => of.evaluate((address) => history.pushState(null, '', address), to);
      await go(at('/nothing'));
      await of.getByText('There is no such screen').waitFor();
      await of.mouse.move(0, 0);
      await go(path);
    },
    /** Activates a device, which then has a token. */
    async activate(identity) {
      const reply = await fetch(`${base}/provision/activate`, { method: 'POST', body: new URLSearchParams({ vendor: connector, model: connector, sn: identity }) });
      const token = await reply.text();
      assert.equal(reply.status, 200, token);
      return token;
    },
    /** A device writes values. */
    async write(token, values) {
      const reply = await fetch(`${base}/onep:v1/stack/alias`, { method: 'POST', headers: { 'X-Exosite-CIK': token }, body: new URLSearchParams(values) });
      assert.equal(reply.status, 204, await reply.text());
    },
    /** Violations of accessibility rules on a page, as sentences. */
    async axe(of = page, rules = AllRules) {
      // Through the protocol of the developer tools, which the page's policy does not bind.
      if (!(await of.evaluate(() => 'axe' in globalThis))) {
        await of.evaluate(axeSource);
      }

      // What stands before and after a group of messages only hands the focus on: nobody stays there.
      const { violations } = await of.evaluate((runOnly) => globalThis.axe.run({ exclude: ['[data-tabster-dummy]'] }, { runOnly, resultTypes: ['violations'], preload: { assets: ['media'] } }), rules);
      return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`));
    },
    /** Waits until something holds. */
    async until(what, condition, within = Patience) {
      const end = Date.now() + within;
      for (;;) {
        if (await condition()) {
          return;
        }

        assert.ok(Date.now() < end, `not within ${within} ms: ${what}`);
        await new Promise((go) => setTimeout(go, 50));
      }
    },
    /** Leaves the test's connector behind: deleting thousands of devices takes longer than the test. */
    keep: () => (isKept = true),
    notes,
    /** Something measured, which is printed. */
    note: (text) => notes.push(text),
    /** Ends the test, which cannot run here. */
    skip(reason) {
      throw Object.assign(new Error(reason), { name: 'Skip' });
    },
    /** Pictures of all pages. */
    async shoot(path) {
      const pages = opened.flatMap((one) => one.page.context().pages());
      await Promise.all(pages.map((one, index) => one.screenshot({ path: `${path}-${index}.png`, timeout: 5_000 }).catch(() => undefined)));
    },
    assertNoComplaints() {
      assert.deepEqual(complaints, []);
      assert.deepEqual(elsewhere, [], 'no other host is asked');
    },
    /** @param hasFailed whether the test did: no browser page stays then. */
    async close(hasFailed = true) {
      const stays = (one) => one.stays && !hasFailed && !one.page.isClosed();
      const [staying, going] = [opened.filter(stays), opened.filter((one) => !stays(one))];
      await Promise.all([...going.map((one) => one.page.context().close()), ...staying.map((one) => leave(one.page))]);
      if (!fresh && !isKept) {
        await api('DELETE', `/api:1/business/murano/solution/${connector}`).catch(() => undefined);
      }
    },
  };
}

// What a test of the page has: a connector of its own, a browser page that is signed in, and the APIs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Generous: the machine may have other things to do.
const Patience = 60_000;

const Usual = { colorScheme: 'light', viewport: { width: 1280, height: 800 } };

/** Gives a browser page the size and the theme that it has where a test says nothing else. */
export async function usualWindow(page) {
  await page.emulateMedia({ colorScheme: Usual.colorScheme });
  await page.setViewportSize(Usual.viewport);
}

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
 *   label: name of the test's connector; place: where the browser page stays for the next test, which has it as if nobody had used it; without, each has its own.
 */
export async function makeWorld(browser, { base, key, long, runJson, fleet, fresh, since, place, label = `t${Math.random().toString(36).slice(2, 10)}` }) {
  const contexts = [];
  const notes = [];
  const complaints = [];
  const elsewhere = [];

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

  /** A browser page; signed in with the secret unless that is null. */
  async function open({ secret = key, scheme = Usual.colorScheme, width = Usual.viewport.width, height = Usual.viewport.height, ...rest } = {}) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height }, baseURL: base, acceptDownloads: true, locale: 'en-GB', reducedMotion: 'reduce', ...rest });
    contexts.push(context);
    context.setDefaultTimeout(Patience);
    if (secret !== null) {
      // Once: who signs out stays out.
      await context.addInitScript((value) => {
        if (sessionStorage.getItem('murano.test') === null) {
          sessionStorage.setItem('murano.test', 'yes');
          sessionStorage.setItem('murano.session', JSON.stringify({ kind: 'key', secret: value }));
        }
      }, secret);
    }

    return heard(await context.newPage());
  }

  /** The browser page that stays, signed in: a renderer that has the page's program takes half the time of a new one. */
  async function takePlace() {
    const { page: kept } = place;
    const one = kept ?? (await open({ secret: null }));
    if (kept !== undefined) {
      contexts.push(kept.context());
      heard(kept);
    }

    place.page = undefined;
    await one.goto(`${base}${Bare}`);
    await one.evaluate((secret) => sessionStorage.setItem('murano.session', JSON.stringify({ kind: 'key', secret })), key);
    return one;
  }

  /** Has the browser page stay, with nothing of the test left in it. */
  async function leavePlace() {
    const context = page.context();
    await Promise.all([...context.pages().filter((one) => one !== page).map((one) => one.close()), context.clearCookies(), context.unrouteAll(), page.unrouteAll({ behavior: 'ignoreErrors' })]);
    Events.forEach((event) => page.removeAllListeners(event));
    await page.goto(`${base}${Bare}`);
    await page.evaluate(() => [sessionStorage, localStorage].forEach((storage) => storage.clear()));
    await usualWindow(page);
    await page.mouse.move(0, 0);
    place.page = page;
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

  const page = fresh ? undefined : place === undefined ? await open() : await takePlace();
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
      const { violations } = await of.evaluate((runOnly) => globalThis.axe.run({ exclude: ['[data-tabster-dummy]'] }, { runOnly, resultTypes: ['violations'] }), rules);
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
    notes,
    /** Something measured, which is printed. */
    note: (text) => notes.push(text),
    /** Ends the test, which cannot run here. */
    skip(reason) {
      throw Object.assign(new Error(reason), { name: 'Skip' });
    },
    /** Pictures of all pages. */
    async shoot(path) {
      const pages = contexts.flatMap((context) => context.pages());
      await Promise.all(pages.map((one, index) => one.screenshot({ path: `${path}-${index}.png`, timeout: 5_000 }).catch(() => undefined)));
    },
    assertNoComplaints() {
      assert.deepEqual(complaints, []);
      assert.deepEqual(elsewhere, [], 'no other host is asked');
    },
    /** @param hasFailed whether the test did: the browser page then does not stay. */
    async close(hasFailed = true) {
      const stays = place !== undefined && !hasFailed && !page.isClosed();
      await Promise.all(contexts.filter((context) => !stays || context !== page.context()).map((context) => context.close()));
      if (stays) {
        await leavePlace();
      }

      if (!fresh) {
        await api('DELETE', `/api:1/business/murano/solution/${connector}`).catch(() => undefined);
      }
    },
  };
}

// Signing in and out, roles.
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { settled } from './screens.mjs';

const signIn = async (page, secret) => {
  await page.getByLabel('API key').fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

/** An issuer of tokens as Entra ID is one: discovery, authorization code with PKCE, refresh tokens. It signs everybody in at once, or refuses as told. */
async function startIssuer() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map();
  const seen = { redeemed: [], renewed: 0 };
  const wishes = { error: '', expiresIn: 3600, mayRenew: true };
  let authority;

  const text = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const tokenOf = (claims) => {
    const head = `${text({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${text({ iss: authority, iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 3600, ...claims })}`;
    return `${head}.${createSign('RSA-SHA256').update(head).sign(privateKey, 'base64url')}`;
  };
  const tokens = (clientId, nonce) => ({
    token_type: 'Bearer',
    expires_in: wishes.expiresIn,
    access_token: tokenOf({ aud: 'api://murano', n: randomBytes(4).toString('hex') }),
    refresh_token: randomBytes(8).toString('hex'),
    id_token: tokenOf({ aud: clientId, sub: 'ann', ...(nonce ? { nonce } : {}) }),
    scope: 'openid profile offline_access api://murano/access',
  });

  const server = createServer(async (request, reply) => {
    const url = new URL(request.url, authority);
    let body = '';
    for await (const some of request) {
      body += some;
    }

    const json = (code, value) => reply.writeHead(code, { 'content-type': 'application/json', 'access-control-allow-origin': '*' }).end(JSON.stringify(value));
    if (url.pathname === '/.well-known/openid-configuration') {
      json(200, { issuer: authority, authorization_endpoint: `${authority}/authorize`, token_endpoint: `${authority}/token`, jwks_uri: `${authority}/keys`, response_types_supported: ['code'] });
    } else if (url.pathname === '/keys') {
      json(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }] });
    } else if (url.pathname === '/authorize') {
      const asked = url.searchParams;
      const answer = new URLSearchParams({ state: asked.get('state') });
      if (wishes.error !== '') {
        answer.set('error', wishes.error.split(' ')[0]);
        answer.set('error_description', wishes.error);
      } else {
        const code = randomBytes(8).toString('hex');
        codes.set(code, asked);
        answer.set('code', code);
      }

      reply.writeHead(302, { location: `${asked.get('redirect_uri')}${asked.get('response_mode') === 'fragment' ? '#' : '?'}${answer}` }).end();
    } else if (url.pathname === '/token') {
      const form = new URLSearchParams(body);
      if (form.get('grant_type') === 'refresh_token') {
        seen.renewed++;
        if (wishes.mayRenew) {
          wishes.expiresIn = 3600;
          json(200, tokens(form.get('client_id')));
        } else {
          json(400, { error: 'invalid_grant', error_description: 'AADSTS700082: The refresh token has expired.' });
        }

        return;
      }

      const asked = codes.get(form.get('code'));
      codes.delete(form.get('code'));
      seen.redeemed.push(form.get('code'));
      const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
      if (asked?.get('code_challenge') === challenge && asked.get('code_challenge_method') === 'S256' && asked.get('redirect_uri') === form.get('redirect_uri')) {
        json(200, tokens(asked.get('client_id'), asked.get('nonce')));
      } else {
        json(400, { error: 'invalid_grant', error_description: 'The code, or its verifier, is not known.' });
      }
    } else {
      reply.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  authority = `http://127.0.0.1:${server.address().port}`;
  return { authority, seen, wishes, close: () => server.close() };
}

/** A page at which Entra ID is configured; what it shows to the API is remembered, and the API takes it for the test's own key. */
async function openWithEntra({ open, key }, issuer, refusal) {
  // The app does not know of this issuer, and so its policy would keep the page from asking it; PageSettingsTests hold what the policy lets in.
  const page = await open({ secret: null, bypassCSP: true });
  const shown = new Set();
  await page.exposeFunction('show', (token) => shown.add(token));
  const config = { version: '1', business: 'murano', devmodeDomain: '', entra: { authority: issuer.authority, clientId: 'page', scope: 'api://murano/access' } };
  // In the page itself: with routes the browser would keep none of the page's files from one load to the next.
  await page.addInitScript(
    (given) => {
      const ask = globalThis.fetch;
      globalThis.fetch = async (input, init) => {
        const request = new Request(input, init);
        const { pathname } = new URL(request.url);
        if (pathname === '/console/config.json') {
          return Response.json(given.config);
        }

        if (!pathname.startsWith('/api:1/')) {
          return ask(request);
        }

        const header = request.headers.get('authorization') ?? '';
        if (!header.startsWith('Bearer ')) {
          return Response.json({ message: 'There is no credential.', reason: 'no-credentials' }, { status: 401 });
        }

        if (given.refusal !== undefined) {
          return Response.json(given.refusal, { status: given.refusal.code });
        }

        await globalThis.show(header.slice('Bearer '.length));
        request.headers.set('authorization', `token ${given.key}`);
        return ask(request);
      };
    },
    { config, key, refusal },
  );
  return { page, shown };
}

export const tests = {
  // spec: console.everywhere/3+
  'an operator signs in with an API key and comes to where they wanted to go': async ({ open, at, key }) => {
    const page = await open({ secret: null });
    await page.goto(at('/resources?q=temp&desc=true'));
    await signIn(page, key);
    await page.waitForURL((url) => url.pathname === at('/resources') && url.searchParams.get('q') === 'temp');
    await page.getByRole('heading', { level: 1, name: 'Resources' }).waitFor();
  },

  'a key that is not known is told so, and the page stays out': async ({ open, at }) => {
    const page = await open({ secret: null });
    await page.goto(at('/devices'));
    await signIn(page, 'msk_nothing');
    await page.getByText('This API key is not known').waitFor();
    await page.reload();
    await page.getByLabel('API key').waitFor();
  },

  'a key that was copied with blanks and line ends is taken; what cannot be a key is told': async ({ open, at, key }) => {
    const page = await open({ secret: null });
    await page.goto(at('/resources'));
    await signIn(page, 'schlüssel');
    await page.getByText('This is no API key').waitFor();
    await signIn(page, `  ${key.slice(0, 8)} ${key.slice(8)}\t`);
    await page.waitForURL((url) => url.pathname === at('/resources'));
  },

  'the key is kept in this tab only, and signing out forgets it': async ({ page, open, at, assert }) => {
    await page.goto(at('/resources'));
    await page.getByRole('button', { name: /, admin$/ }).click();
    await page.getByText(/role admin/).waitFor();
    await page.getByRole('menuitem', { name: 'API reference' }).waitFor();
    assert.equal(await page.evaluate(() => JSON.stringify(Object.values(localStorage)).includes('msk_')), false);
    const other = await page.context().newPage();
    await other.addInitScript(() => sessionStorage.clear());
    await other.goto(at('/resources'));
    await other.getByLabel('API key').waitFor();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('API key').waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.getItem('murano.session')), null);
    assert.equal(new URL(page.url()).search, '');
    await page.goto(at('/resources'));
    await page.getByLabel('API key').waitFor();
  },

  'sign-in leads to addresses of this page only': async ({ open, key, assert, base }) => {
    const page = await open({ secret: null });
    for (const to of ['//evil.example/', '/\\evil.example', 'https://evil.example/', '/%09/evil.example']) {
      await page.goto(`/console/sign-in?to=${encodeURIComponent(to)}`);
      await signIn(page, key);
      await page.waitForURL((url) => url.pathname.startsWith('/console/') && !url.pathname.endsWith('/sign-in'));
      assert.equal(new URL(page.url()).origin, new URL(base).origin);
      await page.evaluate(() => sessionStorage.clear());
    }
  },

  'sign-in is by the rules of accessibility, in light and dark': async ({ open, axe, assert }) => {
    const page = await open({ secret: null, width: 320 });
    await page.goto('/console/sign-in');
    await page.getByLabel('API key').waitFor();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      assert.deepEqual(await axe(page), []);
    }
  },

  // spec: console.everywhere/3++
  'with Entra ID: a code with PKCE is redeemed once, and the place is kept': async (world) => {
    const { at, assert } = world;
    const issuer = await startIssuer();
    try {
      const { page, shown } = await openWithEntra(world, issuer);
      const asked = [];
      page.on('request', (request) => asked.push(request.url().split('#')[0]));
      await page.goto(at('/resources?q=x'));
      await page.getByRole('button', { name: 'Sign in with Entra ID' }).click();
      await page.waitForURL((url) => url.pathname === at('/resources') && url.searchParams.get('q') === 'x');
      await page.getByRole('heading', { level: 1, name: 'Resources' }).waitFor();
      assert.equal(issuer.seen.redeemed.length, 1);
      assert.equal(shown.size, 1);
      assert.deepEqual(asked.filter((url) => url.includes(issuer.seen.redeemed[0])), [], 'no server sees the code in an address');
      assert.equal(new URL(page.url()).hash, '');
      // The answer of somebody else's sign-in, in a link, signs nobody out.
      await page.goto('/console/sign-in#code=stolen&state=unknown');
      await page.getByText('begun in another tab').waitFor();
      assert.equal(new URL(page.url()).hash, '');
      await page.getByRole('button', { name: 'Go on, signed in as before' }).click();
      await page.getByRole('button', { name: /, admin$/ }).waitFor();
      await world.visit(at('/resources'), page);
      await page.getByRole('heading', { level: 1, name: 'Resources' }).waitFor();
      // A reload needs no sign-in, and signing out ends it here.
      await page.reload();
      await page.getByRole('heading', { level: 1, name: 'Resources' }).waitFor();
      await page.getByRole('button', { name: /, admin$/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Sign in with Entra ID' }).waitFor();
      assert.equal(await page.evaluate(() => JSON.stringify(Object.values(sessionStorage)).includes('access_token')), false);
    } finally {
      issuer.close();
    }
  },

  'with Entra ID: a token that ends is renewed once, and when that ends too one signs in again and comes back': async (world) => {
    const { at, assert } = world;
    const issuer = await startIssuer();
    try {
      issuer.wishes.expiresIn = 30;
      const { page, shown } = await openWithEntra(world, issuer);
      await page.goto(at('/resources'));
      await page.getByRole('button', { name: 'Sign in with Entra ID' }).click();
      await page.getByRole('heading', { level: 1, name: 'Resources' }).waitFor();
      assert.equal(issuer.seen.renewed, 1, 'many requests renew once');
      assert.equal(shown.size, 1);

      issuer.wishes.mayRenew = false;
      await page.evaluate(() => {
        const name = Object.keys(sessionStorage).find((one) => one.startsWith('oidc.user:'));
        sessionStorage.setItem(name, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(name)), expires_at: 1 }));
      });
      await page.reload();
      await page.getByText('Sign in again.').first().waitFor();
      assert.equal(new URL(page.url()).searchParams.get('to'), '/' + at('/resources').split('/').slice(2).join('/'));
      issuer.wishes.expiresIn = 3600;
      await page.getByRole('button', { name: 'Sign in with Entra ID' }).click();
      await page.waitForURL((url) => url.pathname === at('/resources'));
    } finally {
      issuer.close();
    }
  },

  'with Entra ID: whoever is refused, or has no role, is told so in a sentence': async (world) => {
    const { at } = world;
    const issuer = await startIssuer();
    try {
      issuer.wishes.error = 'access_denied AADSTS65004: User declined to consent.';
      const { page } = await openWithEntra(world, issuer, { code: 403, message: 'The account has none of the app roles.', reason: 'no-role' });
      await page.goto(at('/resources'));
      await page.getByRole('button', { name: 'Sign in with Entra ID' }).click();
      await page.getByText('Sign-in was declined').waitFor();
      issuer.wishes.error = 'interaction_required AADSTS50105: The user is not assigned to a role.';
      await page.getByRole('button', { name: 'Sign in with Entra ID' }).click();
      await page.getByText('Your account is not assigned to this app').waitFor();
      issuer.wishes.error = '';
      await page.getByRole('button', { name: 'Sign in with Entra ID' }).click();
      await page.getByText('Your account has no role here.').waitFor();
      // An address with a code of some other sign-in is worth nothing.
      await page.goto('about:blank'); // what changes behind the # alone loads no page
      await page.goto('/console/sign-in#code=stolen&state=unknown');
      await page.getByText('begun in another tab').waitFor();
      await page.getByLabel('API key').waitFor();
    } finally {
      issuer.close();
    }
  },

  // spec: console.everywhere/1+
  'several connectors: the switcher goes to another, finds one among many, and makes a new one': async ({ page, at, api, assert }) => {
    const made = [];
    try {
      const tag = `sw${Math.random().toString(36).slice(2, 8)}`;
      for (let i = 0; i < 13; i++) {
        made.push((await api('POST', '/api:1/business/murano/solution/', { label: `${tag}n${i}`, type: 'product' })).id);
      }

      await page.goto(at('/resources'));
      await page.getByRole('button', { name: /^Connector / }).click();
      await page.getByRole('menuitem', { name: /^Find one of/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Find a connector' });
      await dialog.getByLabel('Name or id').fill(`${tag}n7`);
      await dialog.getByRole('row').filter({ hasText: `${tag}n7` }).click();
      await page.waitForURL((url) => url.pathname.startsWith(`/console/connectors/${made[7]}/`));

      await page.getByRole('button', { name: `Connector ${tag}n7` }).click();
      await page.getByRole('menuitem', { name: 'New connector…' }).click();
      const fresh = page.getByRole('dialog', { name: 'New connector' });
      await fresh.getByLabel('Name').fill('7up');
      await fresh.getByText('Use letters and digits only').waitFor();
      await fresh.getByLabel('Name').fill(`${tag}new`);
      await fresh.getByRole('button', { name: 'Make connector' }).click();
      await page.getByRole('button', { name: `Connector ${tag}new` }).waitFor();
      const id = new URL(page.url()).pathname.split('/')[3];
      made.push(id);
      assert.ok((await api('GET', '/api:1/business/murano/solution/')).some(({ apiId }) => apiId === id));
    } finally {
      await Promise.all(made.map((id) => api('DELETE', `/api:1/business/murano/solution/${id}`)));
    }
  },

  // spec: console.everywhere/1
  'a key for one connector sees that one alone, and no switcher': async ({ open, at, keyOf, label, assert }) => {
    const page = await open({ secret: await keyOf('viewer') });
    await page.goto(at('/resources'));
    await page.getByText(label, { exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: /^Connector / }).count(), 0);
  },

  'a connector that is gone, or that the key is not for, is no dead end': async ({ page, open, at, api, keyOf, key, label, axe, assert }) => {
    const { id: other } = await api('POST', '/api:1/business/murano/solution/', { label: `${label}other`, type: 'product' });
    try {
      const theirs = await open({ secret: null });
      await theirs.goto(`/console/connectors/${other}/resources`);
      await signIn(theirs, await keyOf('viewer'));
      await theirs.getByRole('heading', { level: 1, name: `Connector ${other}` }).waitFor();
      await theirs.getByText('You have no access to this connector.').waitFor();
      assert.deepEqual(await axe(theirs), []);
      await theirs.getByRole('link', { name: 'Go to the start' }).click();
      await theirs.waitForURL((url) => url.pathname === at('/devices'));
      await theirs.getByText(label, { exact: true }).waitFor();

      await page.goto('/console/connectors/x0000000000000000/settings');
      await page.getByText('The connector does not exist.').waitFor();
      assert.deepEqual(await axe(), []);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await signIn(page, key);
      await page.waitForURL((url) => url.pathname.endsWith('/devices'));
    } finally {
      await api('DELETE', `/api:1/business/murano/solution/${other}`);
    }
  },
};

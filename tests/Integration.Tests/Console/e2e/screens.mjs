// All screens of the page, for tests that look at each of them and for the pictures in docs/images.

/**
 * name: of its pictures; path: below the connector's, with `{job}` for a job; sees: a text that stands there when it has come;
 * as: who looks ("nobody" is signed out); first: what is clicked then; act: what else is done; dialog: whether that opens one; writes: the device that
 * writes meanwhile;
 * call: the API call behind it, as it stands in the command, with `{service}` for what a connector's addresses begin with and `{job}` for a job.
 */
export const screens = [
  { name: 'sign-in', path: '/devices', as: 'nobody', sees: 'API key' },
  { name: 'devices', path: '/devices', sees: 'pump-1', call: '{service}/device2/identity?' },
  { name: 'devices-tag', path: '/devices?tag=site', sees: 'oslo', call: '{service}/device2/identity?q=tag%3Asite' },
  { name: 'new-device', path: '/devices', sees: 'pump-1', first: [['button', /^New device/]], dialog: true },
  { name: 'api-calls', path: '/devices', sees: 'pump-1', first: [['button', 'API']], dialog: true },
  { name: 'device-values', path: '/devices/pump-1', sees: 'temperature', call: '{service}/device2/identity/pump-1?' },
  { name: 'device-tags', path: '/devices/pump-1/tags', sees: 'oslo', call: '{service}/device2/identity/pump-1?' },
  { name: 'device-log', path: '/devices/pump-1/log', writes: 'pump-1', sees: /^temperature=/, call: "{service}/log/negotiate?identity=pump-1'" },
  { name: 'device-files', path: '/devices/pump-6/files', sees: 'boot.txt', call: '{service}/content/item?' },
  { name: 'device-settings', path: '/devices/pump-1/settings', sees: 'pump-1', call: '{service}/device2/identity/pump-1?' },
  { name: 'resources', path: '/resources', sees: 'setpoint', call: "{service}/device2'" },
  { name: 'content', path: '/content', sees: 'manual.txt', call: '{service}/content/item?' },
  { name: 'logs', path: '/logs', writes: 'pump-2', sees: 'pump-2', call: "{service}/log/negotiate'" },
  { name: 'jobs', path: '/jobs', sees: /import/i, call: "{service}/device2/jobs'" },
  { name: 'job', path: '/jobs/{job}', sees: 'pump-4', call: "{service}/device2/jobs/{job}'" },
  { name: 'settings-protocol', path: '/settings', sees: /developer mode/i, call: "{service}/device2'" },
  { name: 'settings-identity', path: '/settings/identity', sees: /prefix/i, call: "{service}/device2'" },
  { name: 'settings-provisioning', path: '/settings/provisioning', sees: /provisioning/i, call: "{service}/device2'" },
  { name: 'settings-authentication', path: '/settings/authentication', sees: /token/i, call: "{service}/device2'" },
  { name: 'settings-events', path: '/settings/events', sees: 'Deliver events', first: [['switch', 'Deliver events']], call: "{service}/device2/events'" },
  { name: 'settings-keys', path: '/settings/keys', sees: /viewer/i, call: "/api:1/key'" },
  { name: 'settings-activity', path: '/settings/activity', sees: /PATCH|Management_/, call: '/api:1/audit?' },
];

/** Goes to a screen, unless it stands there already, and waits until it does. */
export async function show(page, { at, job, visit }, { path, sees, first = [], act, dialog = false, stands = false, during }) {
  if (!stands) {
    await visit(at(path).replace('{job}', job ?? ''), page);
  }

  await during?.();
  await page.getByText(sees).filter({ visible: true }).first().waitFor();
  for (const [role, name] of first) {
    await page.getByRole(role, { name }).first().click();
  }

  await act?.(page);
  if (dialog) {
    await page.getByRole('dialog').waitFor();
  }

  await settled(page);
}

/** The log shows what happens from now on: a device writes until it is seen. */
export async function keepWriting({ write, tokens }, page, { writes, sees }) {
  const seen = page.getByRole('main').getByText(sees).first();
  for (let value = 0; value < 100; value++) {
    await write(tokens[writes], { temperature: `${20 + value / 10}` });
    // A log that is not there yet hears nothing: so again and again, and that is what the wait is for.
    if (await seen.waitFor({ timeout: 300 }).then(() => true, () => false)) {
      return;
    }
  }
}

/** Waits until nothing loads and nothing moves. */
export async function settled(page) {
  await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' });
  await page.evaluate(async () => {
    await document.fonts.ready;
    const frame = () => new Promise((go) => requestAnimationFrame(go));
    await frame();
    // What goes on forever, such as the spinner of work in progress, is not waited for.
    const ends = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(ends.map((one) => one.finished.catch(() => undefined)));
    await frame();
  });
}

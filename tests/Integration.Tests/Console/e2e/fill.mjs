// A connector with a bit of everything, for tests that look at each screen.

const Sites = ['oslo', 'bergen', 'taipei'];

export const resources = {
  temperature: { format: 'number', unit: 'C' },
  setpoint: { format: 'number', unit: 'C', settable: true, allowed: ['5:30'] },
  mode: { format: 'string', settable: true, allowed: ['eco', 'boost', 'off'] },
  running: { format: 'boolean', settable: true },
  note: { format: 'string', unit: '', settable: true, sync: false },
};

/** Resources alone. */
export const define = ({ api, service }) => api('PATCH', `${service}/device2`, { resources });

/** Devices that are whitelisted, each with a site; a job makes them. */
export const whitelist = async ({ api, service, until }, identities) => {
  const rows = identities.map((identity, index) => ({ identity, tags: { site: [Sites[index % Sites.length]] } }));
  let job = await api('POST', `${service}/device2/jobs`, { kind: 'import', rows });
  await until('the import is through', async () => (job = await api('GET', `${service}/device2/jobs/${job.id}`)).status === 'done');
  return job;
};

/** Three devices that write, one of them with a value that waits for it. */
export async function fillLittle(world) {
  const { api, service, activate, write } = world;
  world.tokens = {};
  await define(world);
  for (const [index, name] of ['pump-1', 'pump-2', 'pump-3'].entries()) {
    const token = await activate(name);
    world.tokens[name] = token;
    await write(token, { temperature: `${21.5 + index}`, setpoint: '22', mode: 'eco', running: `${index !== 1}` });
    await api('POST', `${service}/device2/identity/${name}/tag`, { tags: { site: [Sites[index]], line: index === 0 ? ['a', 'b'] : ['a'] } });
  }

  await api('PATCH', `${service}/device2/identity/pump-1/state`, { setpoint: 24 });
}

/** Much of everything; the id of a job that had rows which failed. */
export async function fillMuch(world) {
  const { api, service, activate, base, keyOf } = world;
  await fillLittle(world);
  await whitelist(world, Array.from({ length: 240 }, (_, index) => `sensor-${String(index).padStart(4, '0')}`));
  await api('PATCH', `${service}/device2/identity/pump-3`, { locked: true });
  await api('PUT', `${service}/device2/identity/a-device-with-a-name-that-is-much-longer-than-any-column-of-a-table-should-ever-have-to-be-to-show-it-whole`, {});
  const job = await api('POST', `${service}/device2/jobs`, { kind: 'import', rows: [{ identity: 'pump-4', tags: { site: ['oslo'] } }, { identity: 'pump-5' }, { identity: '..' }] });

  const token = await activate('pump-6');
  const file = new Blob(['started at 12:00\n'], { type: 'text/plain' });
  const reply = await fetch(`${base}/provision/upload?id=boot.txt`, { method: 'PUT', headers: { 'X-Exosite-CIK': token, 'content-type': 'text/plain' }, body: await file.arrayBuffer() });
  world.assert.ok(reply.ok, `${reply.status}`);
  for (const [id, text] of [['firmware-1.2.0.bin', 'x'.repeat(70_000)], ['manual.txt', 'Turn it on.\n'], ['config/default.json', '{}']]) {
    await upload(world, id, text);
  }

  await keyOf('viewer');
  await keyOf('operator');
  return job.id;
}

/** A file of the connector. */
export async function upload({ api, service, assert, base }, id, text) {
  const { url, inputs, field } = await api('GET', `${service}/content/item/${encodeURIComponent(id)}/upload?type=text%2Fplain`);
  const form = new FormData();
  Object.entries(inputs).forEach(([name, value]) => form.append(name, value));
  form.append(field, new Blob([text]), 'file');
  // The app counts plain http of a local run as https, and says so.
  const { pathname, search } = new URL(url);
  const reply = await fetch(base + pathname + search, { method: 'POST', body: form });
  assert.ok(reply.ok, `${reply.status} ${await reply.text()}`);
}

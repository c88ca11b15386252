import type { QueryClient } from '@tanstack/react-query';
import { api } from '../../../api/client';
import { ApiError, sentenceOf } from '../../../api/errors';
import type { Settings } from '../../../api/schema';
import { wait } from '../../../format/wait';
import { settingsQuery } from '../../connectors/connectors';
import { randomPassword, randomToken } from '../credential';
import { forgetDevices, refreshDevices } from '../lists';
import { activate, writeAndRead } from './deviceApi';
import { simulatedIdentity } from './identity';
import { acknowledgedBy, measuredAt, settableOf } from './signal';
import { noteSimulated, startSimulated, stopSimulated } from './simulated';

const Pause = 2_000;
const PauseAfterRefusal = 10_000;
const TokenHeader = 'X-Exosite-CIK';

/** Makes a device of the connector, and lets it run for as long as the page is open. Its identity, once the app has taken the first values. */
export async function simulate(cache: QueryClient, connector: string): Promise<string> {
  const settings = await cache.query(settingsQuery(connector));
  const identity = simulatedIdentity(settings.identity_format);
  if (identity === undefined) {
    throw new Error('No identity can be of the identity format of this connector. Look at its type and length in the settings.');
  }

  const headers = await enlist(settings, connector, identity);
  const signal = startSimulated(connector, identity);
  const device = deviceOf(cache, connector, identity, headers, signal);
  try {
    await device.step();
  } catch (error) {
    stopSimulated(connector, identity);
    await remove(connector, identity);
    throw new Error(whyNot(error, settings.provisioning), { cause: error });
  }

  forgetDevices(cache);
  void refreshDevices(cache);
  void keepOn(device, connector, identity, signal);
  return identity;
}

/** Takes away what was made for a device that does not run: nobody has its credential. */
async function remove(connector: string, identity: string): Promise<void> {
  await api
    .DELETE('/api:1/service/{connector}/device2/identity/{identity}', { params: { path: { connector, identity } } })
    .catch(() => undefined);
}

/** Gets the device its credential, in the way that the connector has for it: the headers of its requests. */
async function enlist({ provisioning }: Settings, connector: string, identity: string): Promise<Record<string, string>> {
  const path = { params: { path: { connector, identity } } };
  if (provisioning.auth_type === 'certificate') {
    throw new Error(
      'Devices of this connector show a certificate, which a page cannot do. Choose tokens in the settings to simulate devices.',
    );
  }

  if (!provisioning.enabled) {
    // Devices may not activate here: credentials are given by hand.
    const key = provisioning.auth_type === 'password' ? randomPassword() : randomToken();
    await api.PUT('/api:1/service/{connector}/device2/identity/{identity}', {
      ...path,
      body: { auth: { type: provisioning.auth_type, key } },
    });
    return provisioning.auth_type === 'password' ? withPassword(identity, key) : { [TokenHeader]: key };
  }

  if (!provisioning.presenter_identity) {
    await api.PUT('/api:1/service/{connector}/device2/identity/{identity}', { ...path, body: {} });
  }

  try {
    if (provisioning.auth_type === 'password') {
      const password = randomPassword();
      await activate(connector, identity, password);
      return withPassword(identity, password);
    }

    return { [TokenHeader]: await activate(connector, identity) };
  } catch (error) {
    if (!provisioning.presenter_identity) {
      await remove(connector, identity);
    }

    throw new Error(whyNot(error, provisioning), { cause: error });
  }
}

const withPassword = (identity: string, password: string): Record<string, string> => ({
  Authorization: `basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${identity}:${password}`)))}`,
});

/** Devices are told little about a refusal; what the connector's settings are says more. */
export function whyNot(error: unknown, { auth_type: type, ip_whitelisting: list }: Settings['provisioning']): string {
  const status = error instanceof ApiError ? error.status : 0;
  if (status === 403) {
    return type === 'password'
      ? 'Passwords are taken over https only. Open this page over https.'
      : 'The app hears devices over https only. Open this page over https.';
  }

  if (status === 401 && type === 'password') {
    return 'Under the host name of this page the app cannot tell whose password it is, because it has several connectors. Open this page under the host name of the connector.';
  }

  if (status === 404) {
    return list.enabled
      ? 'The activation was refused. Devices may activate from listed addresses only: is this browser’s among them?'
      : 'The activation was refused: the app does not hear this connector’s devices under the host name of this page.';
  }

  return sentenceOf(error);
}

/** A running device. */
interface Running {
  /** One round: measures, writes, reads what the cloud wants, and acknowledges it. */
  step: () => Promise<void>;
}

function deviceOf(cache: QueryClient, connector: string, identity: string, headers: Record<string, string>, signal: AbortSignal): Running {
  const has = new Map<string, string>();
  let steps = 0;
  let writes = 0;
  const step = async () => {
    const { resources } = await cache.query(settingsQuery(connector));
    const settable = settableOf(resources);
    const read = await writeAndRead(headers, measuredAt(resources, steps++), settable, signal);
    const acknowledged = acknowledgedBy(resources, read, has);
    if (Object.keys(acknowledged).length > 0) {
      await writeAndRead(headers, acknowledged, [], signal);
      Object.entries(acknowledged).forEach(([alias, value]) => has.set(alias, value));
    }

    noteSimulated(connector, identity, { writes: ++writes, problem: '' });
  };
  return { step };
}

async function keepOn(device: Running, connector: string, identity: string, signal: AbortSignal): Promise<void> {
  let pause = Pause;
  for (;;) {
    await wait(pause, signal);
    if (signal.aborted) {
      return;
    }

    try {
      await device.step();
      pause = Pause;
    } catch (error) {
      const wanted = error instanceof ApiError ? error.retryAfter * 1000 : 0;
      pause = Math.max(PauseAfterRefusal, wanted);
      noteSimulated(connector, identity, { problem: refusalOf(error) });
    }
  }
}

const refusalOf = (error: unknown): string =>
  error instanceof ApiError && error.status === 401
    ? 'The app refuses this device: it is locked or deleted, or its credential was revoked.'
    : sentenceOf(error);

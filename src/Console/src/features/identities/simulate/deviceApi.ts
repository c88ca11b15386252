import { ApiError } from '../../../api/errors';

/** The device API at the page's own origin, as firmware uses it. Whatever is not a success is thrown as an {@link ApiError}. */
async function callDevice(
  path: string,
  init: { headers?: Record<string, string>; body?: Record<string, string>; signal?: AbortSignal },
): Promise<string> {
  let reply: Response;
  try {
    reply = await fetch(path, {
      method: 'POST',
      credentials: 'omit',
      cache: 'no-store',
      headers: init.headers ?? {},
      body: new URLSearchParams(init.body ?? {}),
      signal: init.signal ?? null,
    });
  } catch (error) {
    throw ApiError.ofNetwork(error);
  }

  const text = await reply.text();
  if (!reply.ok) {
    // Devices get a sentence with some refusals, and a bare code with the others.
    throw new ApiError(
      reply.status,
      'device',
      text || `The app answered ${reply.status}.`,
      '',
      Number(reply.headers.get('Retry-After') ?? 0) || 0,
    );
  }

  return text;
}

/** Activates: the token, or nothing when the device brought a password. */
export const activate = (connector: string, identity: string, password?: string): Promise<string> =>
  callDevice('/provision/activate', {
    body: password === undefined ? { vendor: connector, model: connector, sn: identity } : { vendor: connector, id: identity, password },
  });

/** Writes values, and then reads others in the same request. */
export async function writeAndRead(
  headers: Record<string, string>,
  written: Record<string, string>,
  read: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const query = read.map(encodeURIComponent).join('&');
  const text = await callDevice(`/onep:v1/stack/alias${query === '' ? '' : `?${query}`}`, { headers, body: written, signal });
  return new Map(new URLSearchParams(text));
}

import { onSession, signedIn } from '../features/access/session';

/** A field of a form: a text, or a file, of which the name only is kept. */
interface FormField {
  name: string;
  text?: string;
  file?: string;
}

/** A request of this page, for "the API calls behind this screen". */
export interface Call {
  method: string;
  url: string;
  /** JSON, or empty. */
  body: string;
  /** What a form has in it; absent when it is none. */
  form?: readonly FormField[];
  /** Whether it was a preview or a dry run, which change nothing. */
  isTrial?: boolean;
  /** Whether the address itself lets in whoever has it, for a while. It is not kept whole, and needs no key. */
  isSigned?: boolean;
}

/** A request as it is remembered. Its body is read, so it must be a copy. */
export async function callOf(request: Request): Promise<Call> {
  const { method, url } = request;
  const type = request.headers.get('Content-Type') ?? '';
  if (type.startsWith('multipart/form-data')) {
    const form = [...(await request.formData())].map(([name, value]) =>
      typeof value === 'string' ? { name, text: value } : { name, file: value.name },
    );
    return { method, url, body: '', form, isTrial: form.some(({ name, text }) => name === DryRun && text === 'true') };
  }

  const body = type.startsWith('application/json') ? await request.text() : '';
  return { method, url, body, isTrial: isTrial(body) || new URL(url).searchParams.get(DryRun) === 'true' };
}

/** How a dry run is asked for, in a query, a form or a body. */
const DryRun = 'dryRun';

function isTrial(body: string): boolean {
  try {
    const asked = JSON.parse(body) as Record<string, unknown> | null;
    return asked?.[DryRun] === true || asked?.preview === true;
  } catch {
    return false;
  }
}

const Kept = 10;
let calls: readonly Call[] = [];
const listeners = new Set<() => void>();

/** Remembers a call. Only the last ones are kept. */
export function noteCall(call: Call): void {
  calls = [...calls, { ...call, url: call.isSigned === true ? withoutQuery(call.url) : call.url, body: withoutSecrets(call.body) }].slice(
    -Kept,
  );
  listeners.forEach((listener) => listener());
}

// Who signs in next in this tab need not see what was done before.
onSession(() => {
  if (signedIn() === undefined) {
    calls = [];
    listeners.forEach((listener) => listener());
  }
});

/** The calls, oldest first. */
export const notedCalls = (): readonly Call[] => calls;

/** For React: hears of new calls. */
export function onCall(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** As a command line. The key is a variable of the shell, so that nobody pastes a secret. */
export function curlOf(call: Call): string {
  const parts = call.isSigned === true ? ['curl'] : ['curl', '-H "Authorization: token $KEY"'];
  if (call.method !== 'GET') {
    parts.push(`-X ${call.method}`);
  }

  if (call.body !== '') {
    parts.push(`-H 'Content-Type: application/json'`, `-d ${quote(call.body)}`);
  }

  for (const { name, text, file } of call.form ?? []) {
    parts.push(file === undefined ? `--form-string ${quote(`${name}=${text ?? ''}`)}` : `-F ${quote(`${name}=@${file}`)}`);
  }

  parts.push(quote(call.url));
  return parts.join(' ');
}

/** In single quotes, in which a shell changes nothing. */
export const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** What is in a body under these names is a credential. */
const SecretNames = new Set(['key', 'password', 'secret']);

// The query of an address may hold the key of what is there; the app never shows it again either.
const withoutQuery = (url: string): string => url.replace(/\?.*$/s, '?***');

function withoutSecrets(body: string): string {
  if (body === '') {
    return body;
  }

  try {
    return JSON.stringify(JSON.parse(body), (name, value: unknown) =>
      typeof value !== 'string' ? value : SecretNames.has(name) ? '…' : name === 'url' ? withoutQuery(value) : value,
    );
  } catch {
    return '';
  }
}

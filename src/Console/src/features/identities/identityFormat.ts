import type { Settings } from '../../api/schema';

type Format = Settings['identity_format'];

const Mac = /^mac:48(?::?(.*))?$/i;
const Separators: Record<string, string> = { ':': ':', colon: ':', '-': '-', dash: '-', hyphen: '-', plain: '', none: '' };

/** What identities of a connector look like, in words. */
export function formatHint({ prefix, type, options }: Format): string {
  const parts = [
    prefix !== '' && `begins with ${prefix}`,
    kindText(type),
    options.length >= 1 && `${Math.floor(options.length)} characters${prefix === '' ? '' : ' after the prefix'}`,
    options.casing !== 'mixed' && type !== 'opaque' && type !== 'base10' && `${options.casing} case`,
  ].filter((part): part is string => typeof part === 'string' && part !== '');
  return parts.length === 0 ? 'Any text: a serial number, a MAC address, a name.' : `Format: ${parts.join(', ')}.`;
}

function kindText(type: string): string {
  const kinds: Record<string, string> = { opaque: '', base10: 'digits', base16: 'hexadecimal digits' };
  return (
    kinds[type.toLowerCase()] ?? (Mac.test(type) ? 'a MAC address' : type.toLowerCase().startsWith('uuid') ? 'a UUID of version 4' : type)
  );
}

/** Why a text cannot be an identity of the connector, as far as can be told here; empty when it can. */
export function formatProblem(format: Format, identity: string): string {
  const { prefix, type, options } = format;
  if (identity === '' || identity === '.' || identity === '..' || hasControl(identity) || /%2f/i.test(identity)) {
    return identity === '' ? '' : 'This cannot be an identity.';
  }

  if (!identity.startsWith(prefix) || identity.length === prefix.length) {
    return `It must begin with ${prefix}, and go on.`;
  }

  const rest = identity.slice(prefix.length);
  const length = Math.floor(options.length);
  if (length >= 1 && Array.from(rest).length !== length) {
    return `It must have ${length} characters${prefix === '' ? '' : ` after ${prefix}`}; these are ${Array.from(rest).length}.`;
  }

  return isOfType(type.toLowerCase(), options.casing, rest) ? '' : formatHint(format).replace('Format: ', 'It must be of this format: ');
}

// Line ends and the like: they are not written in a pattern, which would be hard to read.
const hasControl = (text: string): boolean => Array.from(text).some((c) => c < ' ' || (c >= '\u007f' && c < '\u00a0'));

function isOfType(type: string, casing: Format['options']['casing'], rest: string): boolean {
  const digit = casing === 'upper' ? '[0-9A-F]' : casing === 'lower' ? '[0-9a-f]' : '[0-9a-fA-F]';
  if (type === 'base10') {
    return /^[0-9]+$/.test(rest);
  } else if (type === 'base16') {
    return new RegExp(`^${digit}+$`).test(rest);
  } else if (type.startsWith('uuid')) {
    return new RegExp(`^${digit}{8}-${digit}{4}-4${digit}{3}-[89abAB]${digit}{3}-${digit}{12}$`).test(rest);
  }

  const mac = Mac.exec(type);
  if (mac !== null) {
    const separator = Separators[mac[1] ?? ''];
    const between = separator === undefined ? '([:-]?)' : `(${separator})`;
    return new RegExp(`^${digit}{2}${between}${digit}{2}(\\1${digit}{2}){4}$`).test(rest);
  }

  return true; // Opaque, or a kind that only the app knows.
}

/** An identity of the format that hardly anybody has. */
export function sampleIdentity({ prefix, type, options }: Format): string {
  const upper = (text: string) => (options.casing === 'upper' ? text.toUpperCase() : text);
  const kind = type.toLowerCase();
  if (kind.startsWith('uuid')) {
    return prefix + upper(uuid());
  }

  const mac = Mac.exec(kind);
  if (mac !== null) {
    return prefix + upper(Array.from({ length: 6 }, (_, i) => (i === 0 ? '02' : random(16, 2))).join(Separators[mac[1] ?? ''] ?? ':'));
  }

  const length = Math.floor(options.length);
  if (kind === 'base10' || kind === 'base16') {
    return prefix + upper(random(kind === 'base10' ? 10 : 16, length || 8));
  }

  return prefix + (length === 0 ? `demo-${random(16, 8)}` : upper(random(16, length)));
}

const random = (base: number, length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => (byte % base).toString(base)).join('');

// crypto.randomUUID is not there over plain http.
const uuid = (): string => `${random(16, 8)}-${random(16, 4)}-4${random(16, 3)}-8${random(16, 3)}-${random(16, 12)}`;

import type { Settings } from '../../api/schema';

export type IdentityFormat = Settings['identity_format'];

// Which separators a MAC address may have; the words of Murano's are not known for sure, so the likely ones are all understood.
const MacSeparators: Record<string, string> = { '': ' :-', ':': ':', colon: ':', '-': '-', dash: '-', hyphen: '-', plain: ' ', none: ' ' };
const Mac = 'mac:48';
const MaxIdentityLength = 200;

/** The types that the page offers, with what they mean. */
export const IdentityTypes: readonly { type: string; name: string; hint: string }[] = [
  { type: 'opaque', name: 'Opaque', hint: 'Any text.' },
  { type: 'base10', name: 'Base 10', hint: 'Digits 0 to 9.' },
  { type: 'base16', name: 'Base 16', hint: 'Digits 0 to 9 and letters A to F.' },
  { type: 'mac:48', name: 'MAC-48, any form', hint: 'Six octets: 0123456789ab, 01:23:45:67:89:ab or 01-23-45-67-89-ab.' },
  { type: 'mac:48:plain', name: 'MAC-48, plain', hint: 'Six octets without separators: 0123456789ab.' },
  { type: 'mac:48:colon', name: 'MAC-48, colons', hint: 'Six octets: 01:23:45:67:89:ab.' },
  { type: 'mac:48:dash', name: 'MAC-48, dashes', hint: 'Six octets: 01-23-45-67-89-ab.' },
  { type: 'uuid', name: 'UUID', hint: 'Version 4, with dashes: 3f2504e0-4f89-41d3-9a0c-0305e82c3301.' },
];

/** Whether the casing counts for a type. */
export const hasCasing = (type: string): boolean => !['opaque', 'base10'].includes(normalized(type));

/** Why an identity is not of a format, as a sentence; undefined when it is. The app judges alike (IdentityFormatRules). */
export function whyNotIdentity(format: IdentityFormat, identity: string): string | undefined {
  if (!isIdentity(identity)) {
    return 'This cannot be an identity: it is empty, too long, "." or "..", or has control characters or "%2F".';
  } else if (!identity.startsWith(format.prefix)) {
    return `It does not begin with "${format.prefix}".`;
  }

  const rest = identity.slice(format.prefix.length);
  const wanted = Math.floor(format.options.length);
  const length = Array.from(rest).length;
  if (rest === '') {
    return 'Nothing follows the prefix.';
  } else if (wanted >= 1 && length !== wanted) {
    return `${format.prefix === '' ? 'It' : 'What follows the prefix'} has ${length} characters, not ${wanted}.`;
  }

  return isOfType(format, rest)
    ? undefined
    : `${format.prefix === '' ? 'It' : 'What follows the prefix'} is not of the type ${format.type}${casingText(format)}.`;
}

const casingText = ({ type, options: { casing } }: IdentityFormat): string =>
  hasCasing(type) && casing !== 'mixed' ? ` in ${casing} case` : '';

function isOfType({ type, options: { casing } }: IdentityFormat, rest: string): boolean {
  switch (normalized(type)) {
    case 'opaque':
      return true;
    case 'base10':
      return /^[0-9]+$/.test(rest);
    case 'base16':
      return areHex(rest, casing);
    case 'uuid':
      return /^.{8}-.{4}-4.{3}-[89abAB].{3}-.{12}$/.test(rest) && areHex(rest.replaceAll('-', ''), casing);
    default:
      return isMac(rest, macSeparators(type), casing);
  }
}

function normalized(type: string): string {
  const lower = type.toLowerCase();
  return ['uuid:v4', 'uuid:4', 'uuidv4'].includes(lower) ? 'uuid' : lower;
}

/** What may stand between the octets of a type of MAC address, a blank for nothing; undefined when it is none. */
export function macSeparators(type: string): string | undefined {
  const lower = type.toLowerCase();
  if (!lower.startsWith(Mac)) {
    return undefined;
  }

  const variant = lower.slice(Mac.length);
  const name = variant.length > 1 && variant.startsWith(':') ? variant.slice(1) : variant;
  return Object.hasOwn(MacSeparators, name) ? MacSeparators[name] : undefined;
}

function areHex(text: string, casing: IdentityFormat['options']['casing']): boolean {
  const pattern = casing === 'upper' ? /^[0-9A-F]+$/ : casing === 'lower' ? /^[0-9a-f]+$/ : /^[0-9A-Fa-f]+$/;
  return pattern.test(text);
}

function isMac(text: string, separators: string | undefined, casing: IdentityFormat['options']['casing']): boolean {
  if (separators === undefined) {
    return false;
  } else if (text.length === 12) {
    return separators.includes(' ') && areHex(text, casing);
  }

  const separator = text[2] ?? ' ';
  const parts = text.split(separator);
  return (
    separator !== ' ' &&
    separators.includes(separator) &&
    parts.length === 6 &&
    parts.every((part) => part.length === 2 && areHex(part, casing))
  );
}

/** What identities of a connector look like, in words. */
export function identityHint({ prefix, type, options }: IdentityFormat): string {
  const kinds: Record<string, string> = { opaque: '', base10: 'digits', base16: 'hexadecimal digits', uuid: 'a UUID of version 4' };
  const parts = [
    prefix !== '' && `begins with ${prefix}`,
    kinds[normalized(type)] ?? (macSeparators(type) === undefined ? type : 'a MAC address'),
    options.length >= 1 && `${Math.floor(options.length)} characters${prefix === '' ? '' : ' after the prefix'}`,
    options.casing !== 'mixed' && hasCasing(type) && `${options.casing} case`,
  ].filter((part): part is string => typeof part === 'string' && part !== '');
  return parts.length === 0 ? 'Any text: a serial number, a MAC address, a name.' : `Format: ${parts.join(', ')}.`;
}

/** Whether a text can be an identity of any format. */
function isIdentity(text: string): boolean {
  if (text === '' || text === '.' || text === '..' || /\p{Cc}|\p{Cs}|%2F/iu.test(text)) {
    return false;
  }

  // In storage each byte but these takes three characters.
  const plain = /[A-Za-z0-9._:@-]/;
  const length = [...new TextEncoder().encode(text)].reduce((sum, byte) => sum + (plain.test(String.fromCharCode(byte)) ? 1 : 3), 0);
  return length <= MaxIdentityLength;
}

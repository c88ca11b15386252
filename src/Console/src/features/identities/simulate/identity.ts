import type { IdentityFormat } from '../../connectors/identityFormat';

const Digits = '0123456789';
const LowerHex = '0123456789abcdef';
const UpperHex = '0123456789ABCDEF';
const DefaultLength = 12;
const UuidLength = 36;
const MacDigits = 12;

// Which separator a MAC address gets, by the word behind `mac:48`.
const MacSeparators: Record<string, string> = { '': '', ':': ':', colon: ':', '-': '-', dash: '-', hyphen: '-', plain: '', none: '' };

/** Random characters of an alphabet. */
export function randomText(alphabet: string, length: number): string {
  // Alphabets here have 10, 16 or 64 letters; what is over from 256 does not matter for names.
  return [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => alphabet[byte % alphabet.length] ?? '').join('');
}

/** A token such as the app itself hands out. */
export const randomToken = (): string => randomText(LowerHex, 40);

/** Letters that passwords are made of: those of base64url. */
export const PasswordLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** An identity that the connector's format lets in and that hardly anybody has, for a simulated device or an example; undefined when it lets none in, as one whose length contradicts its type. */
export function simulatedIdentity(format: IdentityFormat, beginning = 'sim-'): string | undefined {
  const { casing } = format.options;
  // A fraction counts as its whole part, and nothing as any number.
  const length = Math.floor(format.options.length);
  const hex = casing === 'upper' ? UpperHex : LowerHex;
  const body = bodyOf(format.type.toLowerCase(), length, hex, casing === 'upper' ? beginning.toUpperCase() : beginning);
  return body === undefined ? undefined : format.prefix + body;
}

function bodyOf(type: string, length: number, hex: string, beginning: string): string | undefined {
  const size = length < 1 ? DefaultLength : length;
  const isFree = (needed: number): boolean => length < 1 || length === needed;
  switch (type) {
    case 'opaque':
      // So that people know it in the list; where there is no room for that, it is as random as any.
      return size >= DefaultLength ? beginning + randomText(hex, size - beginning.length) : randomText(hex, size);
    case 'base10':
      return randomText(Digits, size);
    case 'base16':
      return randomText(hex, size);
    case 'uuid':
    case 'uuid:v4':
    case 'uuid:4':
    case 'uuidv4':
      return isFree(UuidLength) ? uuid(hex) : undefined;
    default:
      return type.startsWith('mac:48') ? mac(type.slice('mac:48'.length), length, hex) : undefined;
  }
}

function uuid(hex: string): string {
  const text = randomText(hex, 31);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(12, 15)}-8${text.slice(16, 19)}-${text.slice(19)}`;
}

function mac(variant: string, length: number, hex: string): string | undefined {
  const word = variant.length > 1 && variant.startsWith(':') ? variant.slice(1) : variant;
  const usual = MacSeparators[word];
  if (usual === undefined) {
    return undefined;
  }

  // Without a word any separator will do: the length says which.
  const separator = word === '' && length === MacDigits + 5 ? ':' : usual;
  const text = Array.from({ length: MacDigits / 2 }, () => randomText(hex, 2)).join(separator);
  return length < 1 || length === text.length ? text : undefined;
}

import { randomText } from '../../../format/randomText';
import { macSeparators, type IdentityFormat } from '../../connectors/identityFormat';

const Digits = '0123456789';
const LowerHex = '0123456789abcdef';
const UpperHex = '0123456789ABCDEF';
const DefaultLength = 12;
const UuidLength = 36;
const MacDigits = 12;

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
      return mac(type, length, hex);
  }
}

function uuid(hex: string): string {
  const text = randomText(hex, 31);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(12, 15)}-8${text.slice(16, 19)}-${text.slice(19)}`;
}

function mac(type: string, length: number, hex: string): string | undefined {
  // Where several will do, the length says which.
  const separators = (macSeparators(type) ?? '').split('').map((one) => one.trim());
  const separator = separators.find((one) => length < 1 || length === MacDigits + (MacDigits / 2 - 1) * one.length);
  return separator === undefined ? undefined : Array.from({ length: MacDigits / 2 }, () => randomText(hex, 2)).join(separator);
}

/** What is shown of a certificate. */
export interface CertificateInfo {
  subject: string;
  issuer: string;
  /** Milliseconds since the Unix epoch. */
  notBefore: number;
  notAfter: number;
}

/** What a PEM text holds, or why it cannot be read. */
export type PemContent = { certificates: CertificateInfo[] } | { problem: string };

/** Longest text that the API takes. */
export const MaxPemLength = 12_000;

const Block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;

/** Names of what a subject is made of, by object identifier. */
const Names: Record<string, string> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
  '1.2.840.113549.1.9.1': 'E',
};

/** Reads the certificates in a PEM text. Nothing is verified: the app does that. */
export function readPem(text: string): PemContent {
  if (text.includes('PRIVATE KEY-----')) {
    return { problem: 'This holds a private key. Give the certificates alone, and keep the key to yourself.' };
  } else if (text.length > MaxPemLength) {
    return { problem: `The certificates have at most ${MaxPemLength} characters in all.` };
  }

  const blocks = [...text.matchAll(Block)].filter(([, label]) => label === 'CERTIFICATE');
  if (blocks.length === 0) {
    return { problem: 'There is no certificate in PEM here: it begins with -----BEGIN CERTIFICATE-----.' };
  }

  try {
    return { certificates: blocks.map(([, , body = '']) => readCertificate(bytesOf(body))) };
  } catch {
    return { problem: 'One of the certificates cannot be read.' };
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (character) => character.charCodeAt(0));
}

/** One element of DER: tag, and what is in it. */
interface Element {
  tag: number;
  value: Uint8Array;
  /** Where the next one begins. */
  end: number;
}

function readElement(bytes: Uint8Array, at: number): Element {
  const tag = byteAt(bytes, at);
  let length = byteAt(bytes, at + 1);
  let start = at + 2;
  if (length >= 0x80) {
    const count = length - 0x80;
    // Certificates are far from 16 MB; an indefinite length is no DER.
    if (count < 1 || count > 3) {
      throw new RangeError('length');
    }

    length = 0;
    for (let i = 0; i < count; i++) {
      length = length * 256 + byteAt(bytes, start++);
    }
  }

  if (start + length > bytes.length) {
    throw new RangeError('end');
  }

  return { tag, value: bytes.subarray(start, start + length), end: start + length };
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) {
    throw new RangeError('end');
  }

  return byte;
}

function children(bytes: Uint8Array): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; at = elements.at(-1)?.end ?? bytes.length) {
    elements.push(readElement(bytes, at));
  }

  return elements;
}

function nth(elements: Element[], index: number): Element {
  const element = elements[index];
  if (element === undefined) {
    throw new RangeError('missing');
  }

  return element;
}

/** Reads a certificate in DER (RFC 5280, section 4.1). */
export function readCertificate(der: Uint8Array): CertificateInfo {
  const fields = children(nth(children(readElement(der, 0).value), 0).value);
  // The version stands in front, and is left out for the first one.
  const first = nth(fields, 0).tag === 0xa0 ? 1 : 0;
  const [notBefore, notAfter] = children(nth(fields, first + 3).value).map(timeOf);
  if (notBefore === undefined || notAfter === undefined) {
    throw new RangeError('validity');
  }

  return { issuer: nameOf(nth(fields, first + 2).value), subject: nameOf(nth(fields, first + 4).value), notBefore, notAfter };
}

// In order of the text form: the most special part first (RFC 4514).
function nameOf(bytes: Uint8Array): string {
  const parts = children(bytes).map(({ value: set }) =>
    children(set)
      .map(({ value: pair }) => {
        const [type, value] = children(pair);
        if (type === undefined || value === undefined) {
          throw new RangeError('name');
        }

        const oid = oidOf(type.value);
        return `${Names[oid] ?? oid}=${escaped(textOf(value))}`;
      })
      .join('+'),
  );
  return parts.reverse().join(', ');
}

// Control characters and marks of direction would make a name look like another one.
const escaped = (text: string): string => text.replaceAll(/[,+"\\<>;]/g, String.raw`\$&`).replaceAll(/[\p{Cc}\p{Cf}]/gu, '\ufffd');

function textOf({ tag, value }: Element): string {
  const coding = tag === 0x1e ? 'utf-16be' : tag === 0x14 ? 'latin1' : 'utf-8';
  return new TextDecoder(coding).decode(value);
}

function oidOf(bytes: Uint8Array): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(number);
      number = 0;
    }
  }

  const [both = 0, ...rest] = numbers;
  const top = Math.min(2, Math.floor(both / 40));
  return [top, both - top * 40, ...rest].join('.');
}

function timeOf({ tag, value }: Element): number {
  const text = new TextDecoder('latin1').decode(value);
  const match = (tag === 0x17 ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(text);
  if (match === null) {
    throw new RangeError('time');
  }

  const [year = 0, month = 1, day, hour, minute, second] = match.slice(1).map(Number);
  return Date.UTC(tag === 0x17 ? year + (year < 50 ? 2000 : 1900) : year, month - 1, day, hour, minute, second);
}

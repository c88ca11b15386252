/** Most addresses of the list. */
export const MaxAddresses = 200;

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** Why a text is neither an address nor a range, as a sentence; undefined when it is one. */
export function addressProblem(text: string): string | undefined {
  const [address = '', bits, ...more] = text.split('/');
  const size = isV4(address) ? 32 : isV6(address) ? 128 : 0;
  if (size === 0) {
    return 'This is not an IP address, such as 203.0.113.7 or 2001:db8::1.';
  } else if (more.length > 0 || (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > size))) {
    return `The number behind the slash is from 0 to ${size}.`;
  }

  return undefined;
}

/** A remark about a range that lets in more than it may seem; undefined when there is none. */
export function addressWarning(text: string): string | undefined {
  const [, bits] = text.split('/');
  return bits === '0' || (bits !== undefined && /^0+$/.test(bits)) ? 'This lets in every address of its kind.' : undefined;
}

// A zero in front means octal to some programs, so that nobody knows which address it is.
function isV4(text: string): boolean {
  const parts = V4.exec(text)?.slice(1) ?? [];
  return parts.length === 4 && parts.every((part) => Number(part) <= 255 && String(Number(part)) === part);
}

function isV6(text: string): boolean {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) {
    return false;
  }

  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const hasV4 = isV4(last) && !text.endsWith('::');
  const count = groups.length + (hasV4 ? 1 : 0);
  const areHex = (hasV4 ? groups.slice(0, -1) : groups).every((group) => /^[0-9a-f]{1,4}$/i.test(group));
  return areHex && (halves.length === 2 ? count < 8 : count === 8);
}

import { loadPart } from '../../components/loadPart';

/** How somebody is signed in. A key is kept in this tab for as long as it is open, and nowhere else. */
export type SignedIn = { kind: 'key'; secret: string } | { kind: 'entra' };

const Name = 'murano.session';
const Farewell = 'murano.farewell';
const listeners = new Set<() => void>();
let current: SignedIn | undefined = read();
let farewell = sessionStorage.getItem(Farewell) ?? '';

function read(): SignedIn | undefined {
  try {
    const text = sessionStorage.getItem(Name);
    return text === null ? undefined : (JSON.parse(text) as SignedIn);
  } catch {
    return undefined;
  }
}

/** Who is signed in; undefined for nobody. */
export const signedIn = (): SignedIn | undefined => current;

/** Why nobody is signed in any more, as a sentence; empty when somebody left by themselves. */
export const whyLeft = (): string => farewell;

/** For React: hears of sign-in and sign-out. */
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// A reload of the sign-in page says it again.
function part(why: string): void {
  farewell = why;
  sessionStorage.setItem(Farewell, why);
}

/** Signs in. */
export function enter(session: SignedIn): void {
  current = session;
  part('');
  sessionStorage.setItem(Name, JSON.stringify(session));
  listeners.forEach((listener) => listener());
}

/** Signs out, and forgets every credential of this tab; with a sentence where nobody asked for it. A session with Microsoft goes on: it is not this page's to end. */
export function leave(why = ''): void {
  if (current === undefined) {
    return;
  }

  // What speaks with Entra ID keeps its tokens under names of its own.
  Object.keys(sessionStorage)
    .filter((name) => name.startsWith('oidc.'))
    .forEach((name) => sessionStorage.removeItem(name));
  part(why);
  current = undefined;
  sessionStorage.removeItem(Name);
  listeners.forEach((listener) => listener());
}

/** The header `Authorization` of a request; undefined when nobody is signed in. */
export async function authorization(): Promise<string | undefined> {
  if (current?.kind === 'key') {
    return `token ${current.secret}`;
  }

  if (current?.kind === 'entra') {
    // What speaks with Entra ID is loaded by those only who use it.
    const token = await (await loadPart(() => import('./entra'))).accessToken();
    return token === undefined ? undefined : `Bearer ${token}`;
  }

  return undefined;
}

/** Id of the key that somebody is signed in with, which stands in its secret; undefined without one. */
export function ownKeyId(): string | undefined {
  return current?.kind === 'key' ? current.secret.split('_')[1] : undefined;
}

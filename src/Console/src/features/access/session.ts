/** How somebody is signed in. A key is kept in this tab for as long as it is open, and nowhere else. */
export type SignedIn = { kind: 'key'; secret: string } | { kind: 'entra' };

const Name = 'murano.session';
const listeners = new Set<() => void>();
let current: SignedIn | undefined = read();

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

/** For React: hears of sign-in and sign-out. */
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Signs in. */
export function enter(session: SignedIn): void {
  current = session;
  sessionStorage.setItem(Name, JSON.stringify(session));
  listeners.forEach((listener) => listener());
}

/** Signs out. */
export function leave(): void {
  if (current === undefined) {
    return;
  }

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
    const token = await (await import('./entra')).accessToken();
    return token === undefined ? undefined : `Bearer ${token}`;
  }

  return undefined;
}

// Characters that browsers drop or turn round when they read an address.
const Odd = /[\\\p{Cc}\s]/u;

/** Where to go after sign-in: an address of this page, without the page's own prefix. Whatever leads elsewhere is undefined. */
export function targetOf(to: unknown): string | undefined {
  if (typeof to !== 'string' || !to.startsWith('/') || to.startsWith('//') || Odd.test(to)) {
    return undefined;
  }

  const url = URL.canParse(to, location.origin) ? new URL(to, location.origin) : undefined;
  if (url?.origin !== location.origin || url.pathname.startsWith('//') || url.pathname === '/' || /^\/sign-in\/?$/.test(url.pathname)) {
    return undefined;
  }

  return url.pathname + url.search + url.hash;
}

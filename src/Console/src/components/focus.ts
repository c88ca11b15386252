/** By dialog: the way back from it. */
const waysBack = new WeakMap<Element, readonly Element[]>();

const Usable = 'a[href], button, input, select, textarea, [tabindex]';

/** Where the focus is now, then what is around it, from the inside out: where to go when it is to come back. */
export function wayBack(): readonly Element[] {
  const way: Element[] = [];
  for (let one = openerOf(document.activeElement); one !== null && one !== document.body; one = one.parentElement) {
    way.push(one);
    const before = waysBack.get(one);
    if (before !== undefined) {
      // Where one dialog follows another, both are gone in the end.
      return [...way, ...before];
    }
  }

  return way;
}

/** Remembers the way back from a dialog, for dialogs that are opened from it. */
export const keepWay = (dialog: Element, way: readonly Element[]): void => void waysBack.set(dialog, way);

/** Goes back to the first on the way that is still there and can be used, or to what can be within it. Leaves a focus alone that is on something already. */
export function goBack(way: readonly Element[]): void {
  if (document.activeElement !== null && document.activeElement !== document.body) {
    return;
  }

  for (const one of way) {
    const target = isUsable(one) ? one : [...one.querySelectorAll(Usable)].find((inside) => isUsable(inside) && isTabStop(inside));
    if (target instanceof HTMLElement) {
      target.focus();
      return;
    }
  }
}

/**
 * Shows screen readers what a dialog covered, unless another is open. Tabster, which manages the focus for Fluent UI, hides it after a while and shows it again after a while,
 * but ends with the last component that uses it, and leaves hidden then what it had hidden.
 */
export function uncover(): void {
  if (document.querySelector('[aria-modal="true"]') === null) {
    // Tabster's own elements are for nobody to read.
    document
      .querySelectorAll('body > [aria-hidden="true"]:not([data-tabster-dummy])')
      .forEach((covered) => covered.removeAttribute('aria-hidden'));
  }
}

const isTabStop = (element: Element): boolean => element.getAttribute('tabindex') !== '-1';

const isUsable = (element: Element): boolean =>
  element.isConnected && element.matches(`:is(${Usable}):not(:disabled, [aria-hidden="true"])`) && element.checkVisibility();

// An item goes with its menu; what opened the menu stays, and names it.
function openerOf(element: Element | null): Element | null {
  const button = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby') ?? '';
  return document.getElementById(button) ?? element;
}

// Whether a page has room in its window.

/** How far the page itself can be scrolled sideways, and what can be used but not be reached; both as sentences. */
export const troubles = (page) =>
  page.evaluate(() => {
    const found = [];
    const root = document.scrollingElement;
    const width = document.documentElement.clientWidth;
    if (root.scrollWidth > root.clientWidth) {
      const widest = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > width + 1).map(nameOf);
      found.push(`the page scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}; ${widest.slice(-3).join(', ')}`);
    }

    for (const element of document.querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"], [role="menuitem"], [role="tab"]')) {
      const trouble = hidden(element);
      if (trouble !== undefined) {
        found.push(`${nameOf(element)} ${trouble}`);
      }
    }

    return found;

    function nameOf(element) {
      return `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
    }

    function hidden(element) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('[aria-hidden="true"], [inert]')) {
        return undefined;
      }

      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      if (x < -1000) {
        return undefined; // "Skip to content", which comes when it has the focus
      }

      for (let around = element.parentElement; around !== null; around = around.parentElement) {
        const style = getComputedStyle(around);
        const frame = around.getBoundingClientRect();
        const [outX, outY] = [x < frame.left - 1 || x > frame.right + 1, y < frame.top - 1 || y > frame.bottom + 1];
        if ((outX && /auto|scroll/.test(style.overflowX)) || (outY && /auto|scroll/.test(style.overflowY))) {
          return undefined;
        }

        if ((outX && /hidden|clip/.test(style.overflowX)) || (outY && /hidden|clip/.test(style.overflowY))) {
          return `is cut off by ${nameOf(around)}`;
        }

        if (style.position === 'fixed') {
          return x < 0 || x > innerWidth || y < 0 || y > innerHeight ? 'lies outside of the window' : undefined;
        }
      }

      return x < 0 || x > width ? 'lies beside the page' : undefined;
    }
  });

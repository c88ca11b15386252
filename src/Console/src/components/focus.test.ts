import { afterEach, expect, test } from 'vitest';
import { uncover } from './focus';

afterEach(() => document.body.replaceChildren());

const hidden = () => [...document.querySelectorAll('[aria-hidden="true"]')].map(({ id }) => id);

test('what a dialog covered is shown again, without what is never for screen readers', () => {
  document.body.innerHTML =
    '<i id="before" data-tabster-dummy aria-hidden="true"></i><div id="root" aria-hidden="true"><i id="icon" aria-hidden="true"></i></div><div id="messages" aria-hidden="true"></div>';
  uncover();
  expect(hidden()).toEqual(['before', 'icon']);
});

test('where another dialog is open, what it covers stays hidden', () => {
  document.body.innerHTML = '<div id="root" aria-hidden="true"></div><div><div role="dialog" aria-modal="true"></div></div>';
  uncover();
  expect(hidden()).toEqual(['root']);
});

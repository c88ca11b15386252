import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Age } from './Age';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const text = () => screen.getByRole('time').textContent;
const inSeconds = (seconds: number) => (Date.now() + seconds * 1000) * 1000;
const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));

test('an age grows while the page is open', async () => {
  render(<Age micros={inSeconds(-3)} />);
  const young = text();
  await pass(120);
  expect(text()).not.toBe(young);
  expect(text()).toMatch(/2/);
});

test('what is to come is not now, where there may be such', async () => {
  render(<Age micros={inSeconds(3.5 * 86_400)} isAhead />);
  expect(text()).toMatch(/3/);
  await pass(86_400);
  expect(text()).toMatch(/2/);
});

test('what was just now by another clock is not to come', () => {
  render(
    <>
      <Age micros={inSeconds(40)} />
      <Age micros={0} />
    </>,
  );
  expect(text()).not.toMatch(/40|39/);
  expect(document.body.textContent).toContain('never');
});

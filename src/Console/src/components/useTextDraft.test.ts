import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useTextDraft } from './useTextDraft';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function box(value = '') {
  const said: string[] = [];
  const hook = renderHook((kept: string) => useTextDraft(kept, (text) => said.push(text)), { initialProps: value });
  return {
    said,
    text: () => hook.result.current.text,
    type: (...texts: string[]) => texts.forEach((text) => act(() => hook.result.current.type(text))),
    pause: () => act(() => void vi.advanceTimersByTime(300)),
    flush: () => act(() => hook.result.current.flush()),
    choose: (text: string) => act(() => hook.result.current.choose(text)),
    keep: (text: string) => hook.rerender(text),
    leave: hook.unmount,
  };
}

test('letters that are typed fast are said once, when typing pauses', () => {
  const it = box();
  it.type('a', 'ab', 'abc');
  expect([it.text(), it.said]).toEqual(['abc', []]);
  it.pause();
  it.keep('abc');
  it.pause();
  expect([it.text(), it.said]).toEqual(['abc', ['abc']]);
});

test('what comes back late takes no letter away', () => {
  const it = box();
  it.type('a');
  it.pause();
  it.type('ab');
  it.pause();
  it.type('abc');
  it.keep('a');
  expect(it.text()).toBe('abc');
  it.keep('ab');
  it.pause();
  it.keep('abc');
  expect([it.text(), it.said]).toEqual(['abc', ['a', 'ab', 'abc']]);
});

test('Enter and leaving the box say it at once, and only once', () => {
  const it = box();
  it.type('abc');
  it.flush();
  it.flush();
  it.pause();
  expect(it.said).toEqual(['abc']);
});

test('what is taken back before it came back is said too', () => {
  const it = box();
  it.type('a');
  it.pause();
  it.type('');
  it.pause();
  expect(it.said).toEqual(['a', '']);
});

test('the box follows the address: back, forward and links count more than what is typed', () => {
  const it = box('old');
  it.type('new');
  it.pause();
  it.keep('new');
  it.type('newer');
  it.keep('old');
  it.pause();
  expect([it.text(), it.said]).toEqual(['old', ['new']]);
  it.keep('new');
  expect(it.text()).toBe('new');
  it.type('newer');
  it.type('new');
  it.pause();
  expect(it.said).toEqual(['new']);
});

test('what was said before can be said again after the address changed', () => {
  const it = box();
  it.type('a');
  it.pause();
  it.keep('a');
  it.keep('');
  it.type('a');
  it.pause();
  expect(it.said).toEqual(['a', 'a']);
});

test('a chosen text takes the place of what is typed', () => {
  const it = box('x');
  it.type('xy');
  it.choose('');
  it.pause();
  expect([it.text(), it.said]).toEqual(['', ['']]);
});

test('nothing is said after the box has gone', () => {
  const it = box();
  it.type('a');
  it.leave();
  vi.advanceTimersByTime(1_000);
  expect(it.said).toEqual([]);
});

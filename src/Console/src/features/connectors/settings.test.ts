import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { differences, mergeList, useDraft } from './settings';

test('only what differs is sent', () => {
  expect(differences({ a: 1, b: [1], c: 'x' }, { a: 1, b: [1, 2] })).toEqual({ b: [1, 2] });
  expect(differences({ a: 1 }, {})).toEqual({});
});

test('a list keeps what others added and leaves out what they removed', () => {
  expect(mergeList(['a', 'b', 'c'], ['a', 'c', 'd'], ['a', 'b', 'e'])).toEqual(['a', 'e', 'd']);
  expect(mergeList([], ['a'], ['a'])).toEqual(['a']);
});

test('what is typed while a form is saved stays, and is not saved yet', () => {
  const form = renderHook(useDraft<{ name: string; list: string[] }>, { initialProps: { name: 'A', list: ['x'] } });
  act(() => form.result.current.set({ name: 'B', list: ['x', 'y'] }));
  const { reset } = form.result.current;
  act(() => form.result.current.set({ name: 'BC' }));
  form.rerender({ name: 'B', list: ['x', 'y'] });
  act(reset);
  expect(form.result.current.value).toEqual({ name: 'BC', list: ['x', 'y'] });
  expect(form.result.current.changed).toEqual({ name: 'BC' });
});

test('what is typed back while a form is saved is a change of its own', () => {
  const form = renderHook(useDraft<{ name: string }>, { initialProps: { name: 'A' } });
  act(() => form.result.current.set({ name: 'B' }));
  const { reset } = form.result.current;
  act(() => form.result.current.set({ name: 'A' }));
  form.rerender({ name: 'B' });
  act(reset);
  expect(form.result.current).toMatchObject({ value: { name: 'A' }, isDirty: true });
});

test('giving up a form forgets all that was typed', () => {
  const form = renderHook(useDraft<{ name: string }>, { initialProps: { name: 'A' } });
  act(() => form.result.current.set({ name: 'B' }));
  act(() => form.result.current.reset());
  expect(form.result.current).toMatchObject({ value: { name: 'A' }, isDirty: false });
});

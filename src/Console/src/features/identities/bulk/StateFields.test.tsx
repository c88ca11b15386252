import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Resource } from '../../../api/schema';
import { StateFields } from './StateFields';

afterEach(cleanup);

const resource = (change: Partial<Resource>): Resource => ({
  format: 'number',
  unit: '',
  settable: true,
  allowed: [],
  sync: true,
  ...change,
});
const resources = {
  setpoint: resource({ unit: 'C', allowed: ['5:30'] }),
  mode: resource({ format: 'string', allowed: ['eco', 'off', ''] }),
  running: resource({ format: 'boolean' }),
  note: resource({ format: 'string' }),
  temperature: resource({ settable: false }),
};

function show(given: Record<string, Resource> = resources) {
  const onChange = vi.fn();
  render(
    <FluentProvider theme={webLightTheme}>
      <StateFields resources={given} onChange={onChange} />
    </FluentProvider>,
  );
  return {
    choose: (alias: string) => fireEvent.change(screen.getByLabelText(/^Resource/), { target: { value: alias } }),
    type: (value: string) => fireEvent.change(screen.getByLabelText(/^Value/), { target: { value } }),
    last: () => onChange.mock.lastCall?.[0] as unknown,
  };
}

const set = (state: Record<string, unknown>) => ({ kind: 'state', state });

test('only what the cloud may set can be chosen', () => {
  show();
  expect(screen.getByLabelText(/^Resource/).textContent).toBe('setpointmoderunningnote');
});

test('a number is within its range before anything begins', () => {
  const { type, last } = show();
  type('31');
  expect(last()).toBeUndefined();
  expect(screen.getByText('Allowed: 5 to 30.')).toBeTruthy();
  type('x');
  expect(last()).toBeUndefined();
  type('');
  expect(last()).toBeUndefined();
  type('21.5');
  expect(last()).toEqual(set({ setpoint: 21.5 }));
});

test('allowed values are chosen, none of them beforehand', () => {
  const { choose, type, last } = show();
  choose('mode');
  expect(last()).toBeUndefined();
  type('1');
  expect(last()).toEqual(set({ mode: 'off' }));
  type('2');
  expect(last()).toEqual(set({ mode: '' }));
  type('-1');
  expect(last()).toBeUndefined();
  choose('running');
  type('1');
  expect(last()).toEqual(set({ running: false }));
});

test('names and values keep their blanks', () => {
  const { choose, type, last } = show({ first: resource({}), 'two  words': resource({ format: 'string', allowed: ['on', ' on'] }) });
  // A browser takes blanks out of what has no value of its own.
  expect(screen.getAllByRole('option').every((option) => option.hasAttribute('value'))).toBe(true);
  choose('two  words');
  type('1');
  expect(last()).toEqual(set({ 'two  words': ' on' }));
});

test('a text has at most 64 KB', () => {
  const { choose, type, last } = show();
  choose('note');
  type('hello');
  expect(last()).toEqual(set({ note: 'hello' }));
  type('x'.repeat(65_537));
  expect(last()).toBeUndefined();
});

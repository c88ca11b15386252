import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test } from 'vitest';
import { ApiError } from '../api/errors';
import { NotRenewed } from './NotRenewed';

afterEach(cleanup);

function textFor(data: unknown, error: Error | null, action?: ReactNode): string | null {
  render(
    <FluentProvider theme={webLightTheme}>
      <NotRenewed query={{ data, error }}>{action}</NotRenewed>
    </FluentProvider>,
  );
  return screen.getByRole('status').textContent;
}

test('what could not be read again is told to be old, with the reason', () => {
  expect(textFor([], new ApiError(503, 'paused', 'The app rests.'))).toBe(
    'This could not be read anew.The app rests. What stands here may be old.',
  );
});

test.each([
  ['all is well', [], null],
  ['there is nothing to be seen yet', undefined, new Error('no')],
])('nothing is told while %s', (_, data, error) => {
  expect(textFor(data, error)).toBe('');
});

test('what can be done about it stands beside', () => {
  const action = <button>Try again</button>;
  expect(textFor([], new Error('no'), action)).toContain('Try again');
  cleanup();
  expect(textFor([], null, action)).toBe('');
});

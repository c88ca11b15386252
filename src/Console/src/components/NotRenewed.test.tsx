import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ApiError } from '../api/errors';
import { NotRenewed } from './NotRenewed';

afterEach(cleanup);

function textFor(data: unknown, error: Error | null): string | null {
  render(
    <FluentProvider theme={webLightTheme}>
      <NotRenewed query={{ data, error }} />
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

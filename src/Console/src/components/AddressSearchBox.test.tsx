import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { AddressSearchBox } from './AddressSearchBox';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('a search counts with Enter, when the box is left, and when its button empties it', () => {
  vi.useFakeTimers();
  const said: string[] = [];
  render(
    <FluentProvider theme={webLightTheme}>
      <AddressSearchBox aria-label="Search" value="" onSearch={(text) => said.push(text)} dismiss={{ 'aria-label': 'Empty' }} />
    </FluentProvider>,
  );
  const box = screen.getByLabelText('Search');
  fireEvent.change(box, { target: { value: 'a' } });
  expect(said).toEqual([]);
  fireEvent.keyDown(box, { key: 'Enter' });
  fireEvent.change(box, { target: { value: 'ab' } });
  fireEvent.blur(box);
  fireEvent.click(screen.getByLabelText('Empty'));
  expect(said).toEqual(['a', 'ab', '']);
  expect(box).toHaveProperty('value', '');
});

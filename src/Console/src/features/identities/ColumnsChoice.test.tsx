import { Button, FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { ColumnsChoice } from './ColumnsChoice';
import { valueColumn } from './search';

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));
afterEach(cleanup);

const aliases = Array.from({ length: 13 }, (_, index) => `t${index}`);

function Choice() {
  const [shown, setShown] = useState(aliases.slice(0, 11).map(valueColumn));
  return <ColumnsChoice trigger={<Button>Columns</Button>} shown={shown} aliases={aliases} onChange={setShown} />;
}

test('a thirteenth value cannot be chosen, and the menu says why', () => {
  render(
    <FluentProvider theme={webLightTheme}>
      <Choice />
    </FluentProvider>,
  );
  const item = (name: string) => screen.getByRole('menuitemcheckbox', { name });
  const areOff = () =>
    screen
      .queryAllByRole('menuitemcheckbox')
      .filter((one) => one.getAttribute('aria-disabled') === 'true')
      .map((one) => one.textContent);
  expect(screen.queryByText(/at most/)).toBeNull();
  fireEvent.click(item('t11'));
  screen.getByText('Values: 12 at most. Hide one to show another.');
  expect(areOff()).toEqual(['t12']);
  fireEvent.click(item('t12'));
  expect(item('t12').getAttribute('aria-checked')).toBe('false');
  fireEvent.click(item('t0'));
  expect(areOff()).toEqual([]);
  fireEvent.click(item('t12'));
  expect(item('t12').getAttribute('aria-checked')).toBe('true');
});

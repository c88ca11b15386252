import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, test, vi } from 'vitest';
import { Messages } from '../../components/Messages';
import { LogBar } from './LogBar';
import { LogView } from './logView';

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('an export that fails is told', async () => {
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    throw new Error('There is no room for it.');
  });
  const nothing = () => undefined;
  const shown = [{ key: 1, type: 'connect', timestamp: 1, identity: 'pump-1' }];
  render(
    <FluentProvider theme={webLightTheme}>
      <Messages>
        <LogBar state={new LogView().state()} shown={shown} onPause={nothing} onResume={nothing} onClear={nothing} />
      </Messages>
    </FluentProvider>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Export' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'CSV' }));
  await screen.findByText('The log was not exported');
  await screen.findByText('There is no room for it.');
});

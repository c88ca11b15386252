import { Button, FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Messages } from '../../components/Messages';
import { EndpointMenu } from './EndpointMenu';

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('a copy that the browser refuses is told', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('The page may not copy.'));
  render(
    <FluentProvider theme={webLightTheme}>
      <Messages>
        <EndpointMenu trigger={<Button>Copy endpoint</Button>} https="c1.example" http="c1.devmode-example" />
      </Messages>
    </FluentProvider>,
  );
  fireEvent.click(screen.getByRole('menuitem', { name: /^https/ }));
  await screen.findByText('It was not copied');
  await screen.findByText('The page may not copy.');
  expect(screen.queryByText(/^Copied/)).toBeNull();
});

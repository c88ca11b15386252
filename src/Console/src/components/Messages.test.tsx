import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, render, screen } from '@testing-library/react';
import { StrictMode, useEffect } from 'react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { Messages, useMessages } from './Messages';

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));
afterEach(cleanup);

function Talker() {
  const messages = useMessages();
  useEffect(() => {
    messages.done('The first');
    messages.failed('The second', new Error('for a reason'));
  }, [messages]);
  return null;
}

test('what is said before there is what shows it is shown', async () => {
  render(
    <FluentProvider theme={webLightTheme}>
      <Messages>
        <Talker />
      </Messages>
    </FluentProvider>,
  );
  expect(screen.queryByText('The first')).toBeNull();
  await screen.findByText('The first');
  await screen.findByText('The second');
});

test('effects that run twice lose nothing', async () => {
  render(
    <StrictMode>
      <FluentProvider theme={webLightTheme}>
        <Messages>
          <Talker />
        </Messages>
      </FluentProvider>
    </StrictMode>,
  );
  expect((await screen.findAllByText('The first')).length).toBeGreaterThan(0);
});

import { Button, FluentProvider, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, webLightTheme } from '@fluentui/react-components';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { DeferredMenu } from './DeferredMenu';
import { Messages } from './Messages';

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));
afterEach(cleanup);

function Choice({ trigger }: { trigger: ReactElement }) {
  return (
    <Menu defaultOpen>
      <MenuTrigger disableButtonEnhancement>{trigger}</MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem>One</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

const file = { Choice };

function show(load: () => Promise<typeof file>) {
  render(
    <FluentProvider theme={webLightTheme}>
      <Messages>
        <DeferredMenu load={load} button={<Button>Choose</Button>}>
          {({ Choice: Loaded }, trigger) => <Loaded trigger={trigger} />}
        </DeferredMenu>
      </Messages>
    </FluentProvider>,
  );
  return screen.getByRole('button', { name: 'Choose' });
}

test('nothing is loaded before somebody goes for the menu, and the button says what it is', () => {
  const load = vi.fn(() => Promise.resolve(file));
  const button = show(load);
  expect(load).not.toHaveBeenCalled();
  expect(button.getAttribute('aria-haspopup')).toBe('menu');
  expect(button.getAttribute('aria-expanded')).toBe('false');
  fireEvent.pointerEnter(button);
  expect(load).toHaveBeenCalledOnce();
  expect(screen.queryByRole('menu')).toBeNull();
});

test.each(['click', 'arrow'])('%s: the menu opens with its first item in focus, and Escape leads back to the button', async (how) => {
  const button = show(() => Promise.resolve(file));
  if (how === 'click') {
    fireEvent.click(button);
  } else {
    fireEvent.keyDown(button, { key: 'ArrowDown' });
  }

  const item = await screen.findByRole('menuitem', { name: 'One' });
  fireEvent.keyDown(item, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('menuitem')).toBeNull());
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Choose' }));
});

test('what cannot be loaded is told, and tried again with the next press', async () => {
  const load = vi.fn(() => Promise.resolve(file)).mockRejectedValueOnce(new TypeError('Failed to fetch'));
  const button = show(load);
  fireEvent.click(button);
  await screen.findByText('The menu could not be opened');
  fireEvent.click(button);
  await screen.findByRole('menuitem', { name: 'One' });
});

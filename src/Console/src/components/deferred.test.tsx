import { Button, FluentProvider, webLightTheme } from '@fluentui/react-components';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Suspense, useState, type ComponentType } from 'react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { deferred, deferredDialog } from './deferred';
import { Messages } from './Messages';

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));
// React tells of what is caught, too.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

type Shown = ComponentType<{ onClose: () => void }>;

const Here: Shown = () => <p>Here I am</p>;

/** Loads a part, but not the first time. */
const second = () => vi.fn(() => Promise.resolve(Here)).mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));

const Sentence = /^A part of the page could not be loaded\./;

function Page({ Part }: { Part: Shown }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <FluentProvider theme={webLightTheme}>
      <Messages>
        <Button onClick={() => setOpen(true)}>Open</Button>
        <Suspense>{isOpen && <Part onClose={() => setOpen(false)} />}</Suspense>
      </Messages>
    </FluentProvider>
  );
}

// What waits for a promise goes on within an act that waits, too.
const press = (name: string) => act(() => Promise.resolve(fireEvent.click(screen.getByRole('button', { name }))));

test('a dialog that cannot be loaded is told as a message, and is asked for again when it is opened again', async () => {
  const load = second();
  render(<Page Part={deferredDialog(load)} />);
  expect(load).not.toHaveBeenCalled();
  await press('Open');
  await screen.findByText('This could not be shown');
  await screen.findByText(Sentence);
  expect(load).toHaveBeenCalledOnce();
  await press('Open');
  await screen.findByText('Here I am');
  expect(load).toHaveBeenCalledTimes(2);
});

test('a part of a screen that cannot be loaded is told in its place, and can be tried again', async () => {
  const load = second();
  render(<Page Part={deferred(load)} />);
  await press('Open');
  await screen.findByText(Sentence);
  expect(load).toHaveBeenCalledOnce();
  screen.getByRole('button', { name: 'Open' });
  await press('Try again');
  await screen.findByText('Here I am');
  await waitFor(() => expect(screen.queryByText(Sentence)).toBeNull());
});

test('what is loaded is there at once the next time', async () => {
  const Closing: Shown = ({ onClose }) => <button onClick={onClose}>Close</button>;
  const load = vi.fn(() => Promise.resolve(Closing));
  render(<Page Part={deferredDialog(load)} />);
  await press('Open');
  await press('Close');
  await press('Open');
  screen.getByText('Close');
  expect(load).toHaveBeenCalledOnce();
});

import { Button, FluentProvider, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, webLightTheme } from '@fluentui/react-components';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState, type ReactNode } from 'react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { AppDialog } from './AppDialog';
import { ConfirmDialog } from './ConfirmDialog';
import { Messages } from './Messages';
import { SecretDialog } from './SecretDialog';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));
afterEach(cleanup);

const show = (page: ReactNode) =>
  render(
    <FluentProvider theme={webLightTheme}>
      <Messages>{page}</Messages>
    </FluentProvider>,
  );

const button = (name: string) => screen.getByRole('button', { name });
const focusOn = (name: string) => waitFor(() => expect(document.activeElement?.textContent).toBe(name));

const inDialog = () => waitFor(() => expect(document.activeElement?.closest('[role="dialog"]')).toBeTruthy());
const nothing = () => undefined;

function submit(name: string) {
  const form = button(name).closest('form');
  expect(form).not.toBeNull();
  fireEvent.submit(form ?? document.body);
}

async function press(name: string) {
  const found = await screen.findByRole('button', { name });
  found.focus();
  fireEvent.click(found);
}

/** Things with a button each, which asks before the thing goes. */
function Things({ names }: { names: string[] }) {
  const [left, setLeft] = useState(names);
  const [asked, setAsked] = useState<string>();
  return (
    <main tabIndex={-1}>
      <ul>
        {left.map((name) => (
          <li key={name}>
            <Button onClick={() => setAsked(name)}>{`Delete ${name}`}</Button>
          </li>
        ))}
      </ul>
      {asked !== undefined && (
        <ConfirmDialog
          title={`Delete ${asked}?`}
          action="Yes"
          onConfirm={() => {
            setLeft(left.filter((one) => one !== asked));
            return Promise.resolve();
          }}
          onClose={() => setAsked(undefined)}
        >
          It is gone.
        </ConfirmDialog>
      )}
    </main>
  );
}

test('the focus goes back to what opened the dialog', async () => {
  show(<Things names={['a', 'b']} />);
  await press('Delete b');
  await inDialog();
  fireEvent.click(button('Cancel'));
  await focusOn('Delete b');
});

test('where that is gone, the focus goes to what is near it', async () => {
  show(<Things names={['a', 'b']} />);
  await press('Delete b');
  await inDialog();
  fireEvent.click(button('Yes'));
  await focusOn('Delete a');
  await press('Delete a');
  await inDialog();
  fireEvent.click(button('Yes'));
  await waitFor(() => expect(document.activeElement?.tagName).toBe('MAIN'));
});

test('from an item of a menu, the focus goes back to what opened the menu', async () => {
  function Page() {
    const [isOpen, setOpen] = useState(false);
    return (
      <>
        <Menu defaultOpen>
          <MenuTrigger disableButtonEnhancement>
            <Button>More</Button>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              <MenuItem onClick={() => setOpen(true)}>Rename</MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
        {isOpen && (
          <AppDialog title="Rename" onClose={() => setOpen(false)} actions={<Button onClick={() => setOpen(false)}>Close</Button>}>
            How?
          </AppDialog>
        )}
      </>
    );
  }

  show(<Page />);
  const item = screen.getByRole('menuitem', { name: 'Rename' });
  item.focus();
  fireEvent.click(item);
  await inDialog();
  fireEvent.click(button('Close'));
  await focusOn('More');
});

test('a dialog that follows another leads back to what opened the first', async () => {
  function Page() {
    const [step, setStep] = useState(0);
    return (
      <>
        <Button>Other</Button>
        <Button onClick={() => setStep(1)}>Open</Button>
        {step === 1 && (
          <AppDialog title="First" onClose={() => setStep(0)} actions={<Button onClick={() => setStep(2)}>Next</Button>}>
            One
          </AppDialog>
        )}
        {step === 2 && <SecretDialog title="Second" secret="abc" onClose={() => setStep(0)} />}
      </>
    );
  }

  show(<Page />);
  await press('Open');
  await press('Next');
  await screen.findByRole('alertdialog');
  fireEvent.keyDown(button('Done'), { key: 'Escape' });
  expect(screen.queryByText('abc')).not.toBeNull();
  fireEvent.click(button('Done'));
  await focusOn('Open');
});

test('while work goes on, neither Escape nor Cancel nor Enter does anything', async () => {
  let end: () => void = nothing;
  const work = vi.fn(() => new Promise<void>((done) => (end = done)));
  const onClose = vi.fn();
  show(
    <ConfirmDialog title="Sure?" action="Yes" onConfirm={work} onClose={onClose}>
      It takes a while.
    </ConfirmDialog>,
  );
  fireEvent.click(button('Yes'));
  await waitFor(() => expect(button('Cancel').getAttribute('aria-disabled')).toBe('true'));
  fireEvent.keyDown(button('Yes'), { key: 'Escape' });
  fireEvent.click(button('Cancel'));
  submit('Yes');
  expect(onClose).not.toHaveBeenCalled();
  expect(work).toHaveBeenCalledOnce();
  end();
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
});

test('work that failed can be tried again, and left', async () => {
  const onClose = vi.fn();
  show(
    <ConfirmDialog title="Sure?" action="Yes" onConfirm={() => Promise.reject(new Error('no'))} onClose={onClose}>
      It takes a while.
    </ConfirmDialog>,
  );
  fireEvent.click(button('Yes'));
  await screen.findByText('Yes: this did not work');
  fireEvent.keyDown(button('Yes'), { key: 'Escape' });
  expect(onClose).toHaveBeenCalledOnce();
});

test('work that can be cancelled is told so', async () => {
  let end: () => void = nothing;
  const onCancel = vi.fn(() => end());
  const onClose = vi.fn();
  show(
    <ConfirmDialog
      title="Sure?"
      action="Yes"
      onConfirm={() => new Promise<void>((done) => (end = done))}
      onCancel={onCancel}
      onClose={onClose}
    >
      It takes a while.
    </ConfirmDialog>,
  );
  fireEvent.click(button('Yes'));
  await waitFor(() => expect(button('Yes').getAttribute('aria-disabled')).toBe('true'));
  fireEvent.click(button('Cancel'));
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(onCancel).toHaveBeenCalledOnce();
});

test('a form around a dialog hears nothing of the form in it', () => {
  const outer = vi.fn();
  const inner = vi.fn();
  show(
    <form onSubmit={outer}>
      <AppDialog title="Inside" onSubmit={inner} onClose={nothing} actions={<Button type="submit">Go</Button>}>
        Text
      </AppDialog>
    </form>,
  );
  submit('Go');
  expect(inner).toHaveBeenCalledOnce();
  expect(outer).not.toHaveBeenCalled();
});

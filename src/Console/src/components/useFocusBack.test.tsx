import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useRef, useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { useFocusBack } from './useFocusBack';

afterEach(cleanup);

interface LineProps {
  wasEdited?: boolean;
  onSave?: () => void;
}

function Line({ wasEdited, onSave }: LineProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isEditing, setEditing] = useState(false);
  useFocusBack(place, isEditing, wasEdited);
  // Later, as after a reply: not within the event.
  const close = () => void Promise.resolve().then(onSave ?? (() => setEditing(false)));
  return (
    <div ref={place}>
      {isEditing ? <input aria-label="value" autoFocus onKeyDown={close} /> : <button onClick={() => setEditing(true)}>Change</button>}
    </div>
  );
}

/** Lines of which the last goes when it is saved. */
function Lines() {
  const [lines, setLines] = useState(['a', 'b']);
  return (
    <div>
      {lines.map((line) => (
        <div key={line} data-testid={line}>
          <Line onSave={() => setLines(['a'])} />
        </div>
      ))}
    </div>
  );
}

function edit(button: HTMLElement) {
  fireEvent.click(button);
  const input = screen.getByRole('textbox');
  input.focus();
  return input;
}

test('the focus is on the button again when the form has gone, and not before', async () => {
  render(<Line />);
  expect(document.activeElement).toBe(document.body);
  fireEvent.keyDown(edit(screen.getByRole('button')), { key: 'Enter' });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button')));
});

test('where the place itself goes, the focus goes to what is near it', async () => {
  const { container } = render(<Lines />);
  const last = container.querySelector('[data-testid="b"] button');
  fireEvent.keyDown(edit(last as HTMLElement), { key: 'Enter' });
  await waitFor(() => expect(document.activeElement).toBe(container.querySelector('[data-testid="a"] button')));
  expect(screen.queryByTestId('b')).toBeNull();
});

test('a new place that stands where a form was has the focus', () => {
  render(<Line wasEdited />);
  expect(document.activeElement).toBe(screen.getByRole('button'));
});

test('a place that goes without the focus leaves the focus alone', () => {
  const { unmount } = render(<Line />);
  unmount();
  expect(document.activeElement).toBe(document.body);
});

import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useRef, useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { useFocusBack } from './useFocusBack';

afterEach(cleanup);

function Line() {
  const place = useRef<HTMLDivElement>(null);
  const [isEditing, setEditing] = useState(false);
  useFocusBack(place, isEditing);
  // Later, as after a reply: not within the event.
  const close = () => void Promise.resolve().then(() => setEditing(false));
  return isEditing ? (
    <input aria-label="value" autoFocus onKeyDown={close} />
  ) : (
    <div ref={place}>
      <button onClick={() => setEditing(true)}>Change</button>
    </div>
  );
}

test('the focus is on the button again when the form has gone, and not before', async () => {
  render(<Line />);
  expect(document.activeElement).toBe(document.body);
  fireEvent.click(screen.getByRole('button'));
  const input = screen.getByRole('textbox');
  input.focus();
  fireEvent.keyDown(input, { key: 'Enter' });
  const button = await screen.findByRole('button');
  expect(document.activeElement).toBe(button);
});

import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { afterEach, expect, test, vi } from 'vitest';
import { FileButton } from './FileButton';

afterEach(cleanup);

function show(onFiles: (files: readonly File[]) => void) {
  render(
    <FluentProvider theme={webLightTheme}>
      <FileButton label="Table" onFiles={onFiles}>
        Choose
      </FileButton>
    </FluentProvider>,
  );
  return screen.getByLabelText<HTMLInputElement>('Table');
}

test('the button opens the field, and files are handed on', () => {
  const onFiles = vi.fn();
  const field = show(onFiles);
  const opened = vi.spyOn(field, 'click');
  fireEvent.click(screen.getByRole('button', { name: 'Choose' }));
  expect(opened).toHaveBeenCalledOnce();

  const file = new File(['ID\n'], 'a.csv');
  fireEvent.change(field, { target: { files: [file] } });
  expect(onFiles).toHaveBeenCalledExactlyOnceWith([file]);
});

test('the field forgets what was chosen, so that the same file can be chosen again, and tells nothing of no file', () => {
  const onFiles = vi.fn();
  const field = show(onFiles);
  const forgotten = vi.spyOn(field, 'value', 'set');
  fireEvent.change(field, { target: { files: [new File([''], 'a.csv')] } });
  expect(forgotten).toHaveBeenCalledExactlyOnceWith('');
  fireEvent.change(field, { target: { files: [] } });
  expect(onFiles).toHaveBeenCalledOnce();
});

import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { CaFields } from './CaFields';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

afterEach(cleanup);

test('a file that cannot be read is told at the field, and changes nothing; the next one that can be does', async () => {
  const onChange = vi.fn();
  render(
    <FluentProvider theme={webLightTheme}>
      <CaFields isOn pem="" problem={undefined} content={{ problem: '' }} mayChange onChange={onChange} />
    </FluentProvider>,
  );
  const choose = (file: File) => fireEvent.change(screen.getByLabelText("File of the CA's certificates"), { target: { files: [file] } });
  const gone = new File([], 'gone.pem');
  vi.spyOn(gone, 'text').mockRejectedValue(new DOMException('', 'NotFoundError'));
  choose(gone);
  await screen.findByText(/^gone\.pem cannot be read\./);
  expect(onChange).not.toHaveBeenCalled();
  choose(new File(['PEM'], 'ca.pem'));
  await waitFor(() => expect(onChange).toHaveBeenCalledExactlyOnceWith({ client_ca: 'PEM', pki: true }));
  expect(screen.queryByText(/cannot be read/)).toBeNull();
  choose(gone);
  await screen.findByText(/^gone\.pem cannot be read\./);
  fireEvent.change(screen.getByRole('textbox', { name: /^Certificates of the CA/ }), { target: { value: 'mine' } });
  expect(screen.queryByText(/cannot be read/)).toBeNull();
});

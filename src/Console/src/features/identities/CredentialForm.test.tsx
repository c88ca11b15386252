import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Identity } from '../../api/schema';
import { Messages } from '../../components/Messages';
import { CredentialForm } from './CredentialForm';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

afterEach(cleanup);

test('a file that cannot be read is told at the field, and what stands there stays', async () => {
  const device = { identity: 'pump-1', auth: { type: 'certificate' }, status: 'whitelisted' } as Identity;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <FluentProvider theme={webLightTheme}>
        <Messages>
          <CredentialForm connector="c1" device={device} />
        </Messages>
      </FluentProvider>
    </QueryClientProvider>,
  );
  const choose = (file: File) => fireEvent.change(screen.getByLabelText('File with the certificate'), { target: { files: [file] } });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Certificate' });
  choose(new File(['PEM'], 'pump-1.pem'));
  await waitFor(() => expect(field.value).toBe('PEM'));
  const gone = new File([], 'gone.pem');
  vi.spyOn(gone, 'text').mockRejectedValue(new DOMException('', 'NotFoundError'));
  choose(gone);
  await screen.findByText(/^gone\.pem cannot be read\./);
  expect(field.value).toBe('PEM');
});

import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Settings } from '../../../api/schema';
import { Messages } from '../../../components/Messages';
import { OneDeviceForm } from './OneDeviceForm';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** The form, against an app that answers with these replies in turn; what it was asked. */
function show(...replies: Response[]) {
  const asked: string[] = [];
  const onMade = vi.fn();
  const onClose = vi.fn();
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(`${new URL(request.url).pathname.replace('/api:1/service/c1/device2/', '')} ${await request.text()}`);
    return replies.shift();
  });
  const settings = { identity_format: { type: 'opaque', prefix: '', options: { casing: 'mixed', length: 0 } } } as Settings;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <FluentProvider theme={webLightTheme}>
        <Messages>
          <OneDeviceForm connector="c1" settings={settings} onClose={onClose} onMade={onMade} />
        </Messages>
      </FluentProvider>
    </QueryClientProvider>,
  );
  return { asked, onMade, onClose };
}

const type = (label: RegExp, text: string) => fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const made = () => Response.json([{ identity: 'pump-1', status: 204 }]);

test('after tags that were refused, others can be given to the device that is there by now', async () => {
  const refused = Response.json({ message: 'No such tag.' }, { status: 400 });
  const { asked, onMade, onClose } = show(made(), refused, new Response(null, { status: 204 }));
  type(/^Identity/, 'pump-1');
  type(/^Tags/, 'bad=x');
  press('Create');
  await screen.findByText(/^pump-1 is there now, without these tags/);
  expect(onMade).toHaveBeenCalledOnce();
  type(/^Tags/, 'good=x');
  press('Add the tags');
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(asked).toEqual([
    'identities [{"identity":"pump-1"}]',
    'identity/pump-1/tag {"tags":[{"name":"bad","value":"x"}]}',
    'identity/pump-1/tag {"tags":[{"name":"good","value":"x"}]}',
  ]);
});

test.each(['pump-*', 'pump?'])('whether %s is there is told of that name alone', async (identity) => {
  const { asked, onMade } = show(Response.json([{ identity, status: 409, reason: 'identity-exists', message: 'It exists.' }]), made());
  type(/^Identity/, identity);
  press('Create');
  await screen.findByText('There is a device with this identity already.');
  expect(onMade).not.toHaveBeenCalled();
  type(/^Identity/, 'pump-1');
  press('Create');
  await waitFor(() => expect(onMade).toHaveBeenCalledOnce());
  expect(asked).toEqual([`identities [{"identity":"${identity}"}]`, 'identities [{"identity":"pump-1"}]']);
});

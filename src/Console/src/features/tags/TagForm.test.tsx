import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { TagForm } from './TagForm';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** The form; what it posted, and a way to let its posts be answered. */
function show() {
  const posted: string[] = [];
  let answer = (): void => undefined;
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method !== 'POST') {
      return Response.json({ names: [] });
    }

    posted.push(await request.text());
    await new Promise<void>((resolve) => (answer = resolve));
    return new Response(null, { status: 204 });
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <FluentProvider theme={webLightTheme}>
        <TagForm connector="c1" identity="pump-1" tags={{}} />
      </FluentProvider>
    </QueryClientProvider>,
  );
  return { posted, answer: () => answer() };
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string, text: string) => fireEvent.change(field(label), { target: { value: text } });
const press = () => fireEvent.click(screen.getByRole('button', { name: 'Add tag' }));

test('a tag that was added leaves an empty form, for the next name', async () => {
  const { posted, answer } = show();
  type('Name', ' site ');
  type('Value', 'Taipei');
  press();
  await waitFor(() => expect(posted).toEqual(['{"tags":{"site":["Taipei"]}}']));
  answer();
  await waitFor(() => expect(field('Name').value).toBe(''));
  expect(field('Value').value).toBe('');
  expect(document.activeElement).toBe(field('Name'));
});

test('what is typed while a tag is being added stays, and keeps the focus', async () => {
  const { posted, answer } = show();
  type('Name', 'site');
  type('Value', 'Taipei');
  press();
  await waitFor(() => expect(posted).toHaveLength(1));
  type('Value', 'Oslo');
  field('Value').focus();
  answer();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Add tag' }).getAttribute('aria-disabled')).not.toBe('true'));
  expect([field('Name').value, field('Value').value]).toEqual(['site', 'Oslo']);
  expect(document.activeElement).toBe(field('Value'));
});

import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Messages } from '../../components/Messages';
import { operatorQuery } from '../access/operator';
import { DeadLetters } from './DeadLetters';
import { eventsQuery } from './events';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));
// Rows are drawn where there is room for them.
beforeEach(() => void vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const letter = (id: string) => ({ id, time: 1, type: 'data_in', identity: 'pump-1', why: 'refused', event: {} });
const state = {
  on: true,
  destination: { type: 'webhook' },
  deadletters: { count: 2, more: false },
  breaker: { open: false, failures: 0, until: 0 },
};

/** The section, against an app that gives these answers by method and cursor. */
function show(answer: (method: string, cursor: string) => Response | Promise<Response>) {
  vi.stubGlobal('fetch', ({ method, url }: Request) => {
    const { pathname, searchParams } = new URL(url);
    return Promise.resolve(pathname.includes('deadletters') ? answer(method, searchParams.get('cursor') ?? '') : Response.json(state));
  });
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  cache.setQueryData(operatorQuery.queryKey, { name: 'ann', role: 'operator' });
  cache.setQueryData(eventsQuery('c1').queryKey, state);
  const invalidate = vi.spyOn(cache, 'invalidateQueries');
  const { unmount } = render(
    <QueryClientProvider client={cache}>
      <FluentProvider theme={webLightTheme}>
        <Messages>
          <DeadLetters connector="c1" />
        </Messages>
      </FluentProvider>
    </QueryClientProvider>,
  );
  return { unmount, invalidate };
}

test('a page that cannot be read leaves the list there, and is asked for by a person', async () => {
  const answers = [Response.json({ message: 'Busy.' }, { status: 503 }), Response.json({ items: [letter('b')] })];
  const next = vi.fn(() => answers.shift() ?? Response.error());
  show((_, cursor) => (cursor === '' ? Response.json({ items: [letter('a')], cursor: 'b' }) : next()));
  await screen.findByText(/Busy\./);
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('2');
  expect(next).toHaveBeenCalledOnce();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('3'));
  expect(screen.queryByText(/Busy\./)).toBeNull();
});

const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));
const results = () =>
  screen
    .getAllByRole('row')
    .filter((row) => row.closest('[aria-label="Results"]') !== null)
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent).join('|'));

test('which arrived and which did not is told of each, and nothing of those that were not tried', async () => {
  const there = ['a', 'b', 'c', 'd'].map(letter);
  const steps = [
    { delivered: 1, failed: 1, why: 'The receiver answered 400.', more: true, cursor: 'c' },
    { delivered: 0, failed: 1, why: 'The receiver answered 500.', more: true, cursor: 'c' },
  ];
  show((method, cursor) => {
    if (method === 'POST') {
      // The first of the first step arrives.
      there.splice(0, steps.length === 2 ? 1 : 0);
      return Response.json(steps.shift());
    }

    const from = cursor === '' ? there : there.slice(-2);
    return Response.json({ items: cursor === '' && there.length === 4 ? from.slice(0, 2) : from });
  });
  await press('Send all again');
  await screen.findByText('1 arrived, 2 did not. Not all were tried. The receiver answered 500.');
  expect(results().map((row) => row.replace(/,.*?\|/, '|'))).toEqual([
    'data_in of pump-1|failed|The receiver answered 400.',
    'data_in of pump-1|failed|The receiver answered 500.',
    'data_in of pump-1|arrived|',
    'data_in of pump-1|not tried|',
  ]);
});

test('after a fault it is told how far it came', async () => {
  const there = ['a', 'b'].map(letter);
  const answers = [Response.json({ discarded: 1, more: true }), Response.json({ message: 'Busy.' }, { status: 503 })];
  show((method) => {
    if (method === 'DELETE') {
      there.shift();
      return answers.shift() ?? Response.error();
    }

    return Response.json({ items: answers.length === 2 ? there : [letter('b')] });
  });
  await press('Discard all…');
  fireEvent.submit((await screen.findByRole('button', { name: 'Discard all' })).closest('form') ?? document.body);
  await screen.findByText('1 event was discarded. Busy.');
  expect(results().map((row) => row.split('|')[1])).toEqual(['discarded', 'kept']);
});

test('what is sent or discarded leaves the list at once, and what somebody else discarded when that is seen', async () => {
  const there = ['a', 'b', 'c'].map(letter);
  const answers = [new Response(null, { status: 204 }), Response.json({ message: 'There is no such dead letter.' }, { status: 404 })];
  let read = (): Response | Promise<Response> => Response.json({ items: there });
  show((method) => (method === 'GET' ? read() : (answers.shift() ?? Response.error())));
  const count = () => screen.getByRole('grid', { hidden: true }).getAttribute('aria-rowcount');
  const open = async () => {
    const [first] = await screen.findAllByText('pump-1');
    // What is loaded then is waited for.
    await act(() => Promise.resolve(fireEvent.click(first ?? document.body)));
  };

  await open();
  read = () => new Promise(() => undefined);
  await press('Send again');
  await waitFor(() => expect(count()).toBe('3'));
  expect(screen.queryByRole('dialog')).toBeNull();

  read = () => Response.json({ items: there.slice(2) });
  await open();
  await press('Discard');
  await press('Discard');
  await screen.findByText(/There is no such dead letter\./);
  await waitFor(() => expect(count()).toBe('2'));
});

test('nothing is said of how many there are before that is known', async () => {
  let tell: (reply: Response) => void = () => undefined;
  show(() => new Promise((done) => (tell = done)));
  expect(screen.queryByText('There are none.')).toBeNull();
  await screen.findByText('Loading');
  tell(Response.json({ items: [] }));
  await screen.findByText('There are none.');
});

test('who leaves ends the work after the step that goes on', async () => {
  let end: () => void = () => undefined;
  const sent = vi.fn(
    () => new Promise<Response>((done) => (end = () => done(Response.json({ delivered: 1, failed: 0, more: true, cursor: 'b' })))),
  );
  const { unmount, invalidate } = show((method) => (method === 'POST' ? sent() : Response.json({ items: [letter('a')] })));
  fireEvent.click(await screen.findByRole('button', { name: 'Send all again' }));
  await waitFor(() => expect(sent).toHaveBeenCalledOnce());
  end();
  await waitFor(() => expect(sent).toHaveBeenCalledTimes(2));
  unmount();
  end();
  // The last that it does.
  await waitFor(() => expect(invalidate).toHaveBeenCalled());
  expect(sent).toHaveBeenCalledTimes(2);
});

import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Messages } from '../../components/Messages';
import { DeleteFiles } from './DeleteFiles';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The question, against an app that answers by id. */
function show(ids: readonly string[], answer: (id: string) => Response | Promise<Response>) {
  vi.stubGlobal('fetch', ({ url }: Request) => Promise.resolve(answer(url.slice(url.lastIndexOf('/') + 1))));
  const [onDone, onClose] = [vi.fn(), vi.fn()];
  render(
    <QueryClientProvider client={new QueryClient()}>
      <FluentProvider theme={webLightTheme}>
        <Messages>
          <DeleteFiles connector="c1" ids={ids} onDone={onDone} onClose={onClose} />
        </Messages>
      </FluentProvider>
    </QueryClientProvider>,
  );
  return { onDone, onClose };
}

/** What is saved. */
async function save() {
  let content: Blob | undefined;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    content = blob as Blob;
    return 'blob:x';
  });
  // To follow the link would be to leave.
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
  fireEvent.click(button('Save results'));
  return content?.text();
}

const done = () => new Response(null, { status: 204 });
const refused = () => Response.json({ message: 'It is in use.' }, { status: 409 });
const button = (name: string) => screen.getByRole('button', { name });

function confirm(ids: readonly string[]) {
  if (ids.length > 1) {
    fireEvent.change(screen.getByRole('textbox'), { target: { value: `delete ${ids.length} files` } });
  }

  fireEvent.submit(button('Delete').closest('form') ?? document.body);
}

test('when all are gone, so is the question', async () => {
  const { onDone, onClose } = show(['a', 'b'], (id) => (id === 'a' ? done() : Response.json({}, { status: 404 })));
  confirm(['a', 'b']);
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(onDone).toHaveBeenCalledOnce();
  expect(screen.queryByText(/of 2 files deleted/)).toBeNull();
});

test('what could not be deleted is told of each, and can be saved', async () => {
  const ids = ['a', 'b', 'c'];
  const { onDone, onClose } = show(ids, (id) => (id === 'a' ? done() : refused()));
  confirm(ids);
  await screen.findByText('1 of 3 files deleted.');
  expect(await save()).toBe('id,result,problem\r\na,deleted,\r\nb,failed,It is in use.\r\nc,failed,It is in use.\r\n');
  expect(onDone).not.toHaveBeenCalled();
  expect(onClose).not.toHaveBeenCalled();
  fireEvent.click(button('Close'));
  expect(onClose).toHaveBeenCalledOnce();
});

test('who cancels is told which are gone and which are not', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const waiting: (() => void)[] = [];
  show(ids, () => new Promise((go) => waiting.push(() => go(done()))));
  confirm(ids);
  await waitFor(() => expect(waiting).toHaveLength(4));
  fireEvent.click(button('Cancel'));
  waiting.forEach((go) => go());
  await screen.findByText('4 of 6 files deleted.');
  expect(await save()).toContain('\r\nd,deleted,\r\ne,cancelled,\r\nf,cancelled,\r\n');
});

test('the question of a single file stays there with what is wrong', async () => {
  const { onClose } = show(['a'], refused);
  confirm(['a']);
  await screen.findByText('It is in use.');
  expect(button('Delete')).toBeTruthy();
  expect(onClose).not.toHaveBeenCalled();
});

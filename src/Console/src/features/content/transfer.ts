import { noteCall } from '../../api/calls';
import { api } from '../../api/client';
import { ApiError, sentenceOf } from '../../api/errors';
import type { Result } from '../../components/ResultsDialog';

/** A file that is to be uploaded. */
interface Upload {
  id: string;
  type: string;
  tags: Record<string, string | string[]>;
  file: File;
}

/** A signed address as this page reaches it: the app may stand under another scheme or name for others. */
const here = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

/** Uploads a file. Its bytes are told beforehand by their SHA-256, so that nothing else takes their place. */
export async function upload(
  connector: string,
  { id, type, tags, file }: Upload,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const sha256 = await sha256Of(file);
  const { data, response } = await api.GET('/api:1/service/{connector}/content/item/{id}/upload', {
    params: {
      path: { connector, id },
      query: {
        expires_in: 3600,
        ...(type === '' ? {} : { type }),
        ...(sha256 === undefined ? {} : { sha256 }),
        ...(Object.keys(tags).length === 0 ? {} : { tags: JSON.stringify(tags) }),
      },
    },
    signal,
  });
  if (data !== undefined) {
    const form = new FormData();
    Object.entries(data.inputs).forEach(([name, value]) => form.append(name, value));
    // Last, as it is read while it comes.
    form.append(data.field, file);
    const address = here(data.url);
    await post(address, form, onProgress, signal);
    // Two calls are one change: an address is asked for, and the file is sent there.
    noteCall({ method: 'GET', url: response.url, body: '' });
    noteCall({
      method: 'POST',
      url: location.origin + address,
      body: '',
      form: [...Object.entries(data.inputs).map(([name, text]) => ({ name, text })), { name: data.field, file: file.name }],
      isSigned: true,
    });
  }
}

// fetch does not tell how much has left.
function post(address: string, form: FormData, onProgress: (part: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener('abort', abort, { once: true });
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.onload = () =>
      request.status < 300
        ? resolve()
        : void ApiError.of(
            new Response(request.responseText, {
              status: request.status,
              headers: { 'Retry-After': request.getResponseHeader('Retry-After') ?? '' },
            }),
          ).then(reject);
    request.onerror = () => reject(ApiError.ofNetwork(undefined));
    request.onabort = () => reject(new DOMException('It was cancelled.', 'AbortError'));
    request.open('POST', address);
    signal.throwIfAborted();
    request.send(form);
  });
}

async function sha256Of(file: File): Promise<string | undefined> {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- absent over plain http
  if (crypto.subtle === undefined) {
    return undefined;
  }

  const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Has the browser save a file. */
export async function download(connector: string, id: string): Promise<void> {
  const { data } = await api.GET('/api:1/service/{connector}/content/item/{id}/download', { params: { path: { connector, id } } });
  if (data !== undefined) {
    const link = document.createElement('a');
    link.href = here(data.url);
    link.download = id.slice(id.lastIndexOf('/') + 1);
    link.click();
  }
}

/** Deletes files, a few at a time. Returns what became of each. One that has gone already is deleted; what is not begun when the signal comes is cancelled. */
export async function remove(
  connector: string,
  ids: readonly string[],
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Result[]> {
  const left = [...ids];
  const problems = new Map<string, string>();
  const work = async () => {
    for (let id = left.shift(); id !== undefined && !signal.aborted; id = left.shift()) {
      try {
        await api.DELETE('/api:1/service/{connector}/content/item/{id}', { params: { path: { connector, id } } });
        problems.set(id, '');
      } catch (error) {
        problems.set(id, error instanceof ApiError && error.status === 404 ? '' : sentenceOf(error));
      }

      onProgress(problems.size);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return ids.map((id) => {
    const problem = problems.get(id);
    return { id, result: problem === undefined ? 'cancelled' : problem === '' ? 'deleted' : 'failed', problem: problem ?? '' };
  });
}

import { cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Job } from '../../api/schema';
import { draftOf, keepDraft } from './importDrafts';
import { JobPage } from './JobPage';
import { jobOf, showInConnector } from './jobs.world';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));

const app = {
  sent: [] as string[],
  /** As the list tells of it. */
  listed: [] as Job[],
  /** What who asks for the job is told. */
  job: (): Response => Response.json(jobOf({ id: 'own' })),
};

beforeEach(() => {
  app.sent = [];
  app.listed = [jobOf({ id: 'own' })];
  vi.stubGlobal('fetch', ({ method, url }: Request) => {
    const { pathname } = new URL(url);
    const what = pathname.slice(pathname.lastIndexOf('/') + 1);
    app.sent.push(`${method} ${what}`);
    return Promise.resolve(
      method === 'DELETE'
        ? new Response(null, { status: 204 })
        : method === 'POST'
          ? Response.json(jobOf({ id: 'real', kind: 'import' }))
          : what === 'jobs'
            ? Response.json({ jobs: app.listed })
            : what === 'results'
              ? Response.json({ results: [] })
              : app.job(),
    );
  });
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const show = () => showInConnector(<>Devices</>, { JobPage, at: '/jobs/own' });
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));
const form = { table: 'ID\na', count: 1, expire: 0, dryRun: true };

test('a job that runs is cancelled', async () => {
  app.job = () => Response.json(jobOf({ id: 'own' }));
  show();
  await press('Cancel');
  await waitFor(() => expect(app.sent).toContain('DELETE own'));
});

test('a job that ended meanwhile is shown as it is, and not removed with its results', async () => {
  app.job = () => Response.json(jobOf({ id: 'own' }));
  show();
  await screen.findByText('running');
  const over = jobOf({ id: 'own', status: 'done', processed: 10, ended: 2 });
  app.job = () => Response.json(over);
  app.listed = [over];
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await screen.findByText('done');
  await screen.findByRole('button', { name: 'Remove from the list' });
  expect(app.sent.filter((call) => call.startsWith('DELETE'))).toEqual([]);
});

test('a job that is gone is said to be, and asked for no more', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  keepDraft('own', form);
  app.job = () => Response.json(jobOf({ id: 'own', dryRun: true }));
  show();
  await screen.findByText('running');
  app.job = () => Response.json({ message: 'There is no such job.' }, { status: 404 });
  app.listed = [];
  await screen.findByText(/^This job is not there\./);
  expect(screen.queryByText('running')).toBeNull();
  expect(draftOf('own')).toBeUndefined();
  const { length } = app.sent;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(app.sent).toHaveLength(length);
});

test('while the app does not answer, the job stays there with a warning', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  app.job = () => Response.json(jobOf({ id: 'own' }));
  show();
  await screen.findByText('running');
  app.job = () => Response.json({ message: 'Busy.' }, { status: 503 });
  await screen.findByText('Busy. What stands here may be old.');
  expect(screen.getByText('running')).toBeTruthy();
  app.job = () => Response.json(jobOf({ id: 'own', status: 'done', ended: 2 }));
  await vi.advanceTimersByTimeAsync(5_000);
  await screen.findByText('done');
  expect(screen.queryByText(/could not be read/)).toBeNull();
});

test.each(['Run it for real', 'Remove from the list'])('after "%s" the table of a dry run is kept no longer', async (name) => {
  keepDraft('own', form);
  const tried = jobOf({ id: 'own', kind: 'import', dryRun: true, status: 'done', ended: 2 });
  app.job = () => Response.json(tried);
  app.listed = [tried];
  const { place } = show();
  await press(name);
  await waitFor(() => expect(place()).not.toContain('own'));
  await waitFor(() => expect(draftOf('own')).toBeUndefined());
});

import { cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Job } from '../../api/schema';
import { DialogFrame } from '../../components/AppDialog';
import type { JobStart } from './jobs';
import { jobOf, showInConnector } from './jobs.world';
import { SeveralJobs } from './SeveralJobs';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));

const app = {
  /** Identities of the jobs that were started. */
  started: [] as string[],
  jobs: [] as Job[],
  /** What the next that ask for a job are told first. */
  faults: [] as Response[],
};
const refuse = (status: number) => Response.json({ message: 'It does not work.' }, { status });

beforeEach(() => {
  app.started = [];
  app.jobs = [];
  app.faults = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const id = request.url.slice(request.url.lastIndexOf('/') + 1);
    if (request.method === 'POST') {
      const { identities } = (await request.json()) as { identities: string[] };
      app.started.push(identities.join());
      const job = jobOf({ id: `job-of-${identities.join()}`, total: 1, processed: 0 });
      app.jobs.push(job);
      return Response.json(job);
    } else if (id === 'jobs') {
      return Response.json({ jobs: app.jobs });
    }

    const job = app.jobs.find((one) => one.id === id);
    return app.faults.shift() ?? Response.json({ ...job, status: 'done', processed: 1 });
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const starts: JobStart[] = ['a', 'b', 'c'].map((identity) => ({ kind: 'lock', identities: [identity] }));
const show = () =>
  showInConnector(
    <DialogFrame isAlert isKept onClose={() => undefined}>
      <SeveralJobs connector="c1" title="Lock 3 devices" starts={starts} total={3} onClose={() => undefined} />
    </DialogFrame>,
  );
const isDone = () => screen.findByText('3 of 3');

test('one job follows another, also after a reply that does not come for a moment', async () => {
  app.faults = [refuse(503)];
  show();
  await isDone();
  expect(app.started).toEqual(['a', 'b', 'c']);
  expect(screen.queryByRole('button', { name: 'Go on' })).toBeNull();
  // A tab of its own is signed in as this one is: it has what this one keeps of the session.
  expect(screen.getAllByRole('link').map((link) => [link.getAttribute('target'), link.getAttribute('rel')])).toEqual(
    Array(3).fill(['_blank', 'opener']),
  );
});

test('after a refusal the job is gone on with, and then those that had not begun', async () => {
  app.faults = [refuse(403)];
  show();
  await screen.findByText(/^It does not work\. What has begun goes on/);
  expect(app.started).toEqual(['a']);
  fireEvent.click(screen.getByRole('button', { name: 'Go on' }));
  await isDone();
  expect(app.started).toEqual(['a', 'b', 'c']);
});

test('a job that somebody removed is not waited for', async () => {
  app.faults = [refuse(404)];
  show();
  fireEvent.click(await screen.findByRole('button', { name: 'Go on' }));
  await waitFor(() => expect(app.started).toEqual(['a', 'b', 'c']));
  await screen.findByText('2 of 3');
});

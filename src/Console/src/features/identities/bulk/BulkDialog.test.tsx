import { cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Job, Settings } from '../../../api/schema';
import { jobOf, showInConnector } from '../../jobs/jobs.world';
import { BulkDialog } from './BulkDialog';

// Times decide nothing here: the machine may be busy.
configure({ asyncUtilTimeout: 30_000 });

// An animation that is cut short is an error of its own here, and nothing of this is about them.
beforeAll(() => void Reflect.deleteProperty(Element.prototype, 'animate'));

const app = {
  sent: [] as string[],
  jobs: [] as Job[],
  /** Answers who asks for all jobs. */
  tell: undefined as (() => Response | undefined) | undefined,
  /** Answers the start. */
  answer: undefined as ((job: Job) => void) | undefined,
};

beforeEach(() => {
  app.sent = [];
  app.jobs = [];
  app.tell = undefined;
  vi.stubGlobal('fetch', ({ method, url }: Request) => {
    app.sent.push(`${method} ${url.slice(url.lastIndexOf('/') + 1)}`);
    if (method === 'GET') {
      const reply = () => Response.json({ jobs: app.jobs });
      return app.tell === undefined
        ? Promise.resolve(reply())
        : new Promise((done) => {
            app.tell = () => {
              const told = reply();
              done(told);
              return told;
            };
          });
    }

    return method === 'POST'
      ? new Promise((done) => (app.answer = (job) => done(Response.json(job))))
      : Promise.resolve(new Response(null, { status: 204 }));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const onDone = vi.fn();

function Dialog() {
  const [isOpen, setOpen] = useState(true);
  return isOpen ? (
    <BulkDialog
      connector="c1"
      settings={{ resources: {} } as Settings}
      kind="lock"
      target={{ identities: ['a', 'b'] }}
      onClose={() => setOpen(false)}
      onDone={() => {
        onDone();
        setOpen(false);
      }}
    />
  ) : (
    'It is closed.'
  );
}

async function begin() {
  onDone.mockClear();
  const world = showInConnector(<Dialog />);
  await screen.findByText('Lock 2 devices');
  fireEvent.submit(screen.getByRole('button', { name: 'Lock' }).closest('form') ?? document.body);
  await screen.findByText('Starting');
  return world;
}

test('a job that was seen is gone to', async () => {
  const { place } = await begin();
  await waitFor(() => expect(app.sent).toContain('POST jobs'));
  app.answer?.(jobOf({ id: 'own', total: 2 }));
  await waitFor(() => expect(place()).toBe('/connectors/c1/jobs/own'));
  expect(onDone).toHaveBeenCalledOnce();
  expect(app.sent).not.toContain('DELETE own');
});

test('cancelled before it was sent, it is not sent', async () => {
  app.tell = () => undefined;
  const { place } = await begin();
  await waitFor(() => expect(app.sent).toEqual(['GET jobs']));
  press('Cancel');
  await screen.findByText('It is closed.');
  const told = app.tell();
  await waitFor(() => expect(told?.bodyUsed).toBe(true));
  await new Promise((go) => setTimeout(go));
  expect(app.sent).toEqual(['GET jobs']);
  expect(place()).toBe('/connectors/c1/devices');
  expect(onDone).not.toHaveBeenCalled();
});

test('cancelled while it begins, it is ended as soon as it is seen, and not gone to', async () => {
  const { place } = await begin();
  await waitFor(() => expect(app.sent).toContain('POST jobs'));
  press('Cancel');
  await screen.findByText('It is closed.');
  app.jobs = [jobOf({ id: 'own', total: 2 })];
  app.answer?.(jobOf({ id: 'own', total: 2 }));
  await screen.findByText('The job was cancelled. What was done stays done.');
  expect(app.sent).toContain('DELETE own');
  expect(place()).toBe('/connectors/c1/devices');
  expect(onDone).not.toHaveBeenCalled();
});

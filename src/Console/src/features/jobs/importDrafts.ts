import { onSession, signedIn } from '../access/session';
import type { ImportForm } from './jobs';

// What was tried in a dry run, by its job. It is kept for as long as the page is open and somebody signed in, and nowhere else: certificates may be in it.
const drafts = new Map<string, ImportForm>();

onSession(() => {
  if (signedIn() === undefined) {
    drafts.clear();
  }
});

/** Keeps a table that was tried, so that it can be imported without choosing the file again. */
export const keepDraft = (job: string, form: ImportForm): void => void drafts.set(job, form);

/** The table of a dry run; undefined when it is no longer there. */
export const draftOf = (job: string): ImportForm | undefined => drafts.get(job);

/** Forgets the table of a dry run: it was imported, or its job is gone. */
export const dropDraft = (job: string): void => void drafts.delete(job);

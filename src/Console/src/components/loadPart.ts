import { ApiError } from '../api/errors';

/** Loads a file of the page that is not needed before somebody asks for what is in it. When that fails, the error is a sentence, and not the browser's own words. */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    // Either nobody answers, or the app was updated since this page was opened and no longer has the file.
    throw new ApiError(0, 'not-loaded', 'A part of the page could not be loaded. Check the connection and try again, or reload the page.');
  }
}

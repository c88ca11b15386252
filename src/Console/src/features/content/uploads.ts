import { csvTable } from '../../format/csv';
import { sizeText } from '../../format/size';
import type { FileItem } from './files';

/** How an upload stands. */
type UploadState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** A file that somebody chose, and what became of it. */
export interface UploadRow {
  readonly key: number;
  readonly file: File;
  readonly id: string;
  readonly type: string;
  readonly state: UploadState;
  /** From 0 to 1. */
  readonly part: number;
  /** Why it failed. */
  readonly problem: string;
}

let lastKey = 0;

/** Rows for files that somebody chose. */
export const rowsOf = (files: Iterable<File>): UploadRow[] =>
  [...files].map((file) => ({ key: ++lastKey, file, id: file.name, type: file.type, state: 'waiting', part: 0, problem: '' }));

/** What became of each, as a table (CSV). */
export const resultsCsv = (rows: readonly UploadRow[]): string =>
  csvTable(
    ['id', 'size', 'result', 'problem'],
    rows.map((row) => [row.id, row.file.size.toString(), row.state, row.problem]),
  );

/** Warns of a file that would be replaced. */
export const replaceText = (old: FileItem): string => `Replaces a file of ${sizeText(old.length)}.`;

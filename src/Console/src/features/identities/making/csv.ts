import { JobRows } from '../../jobs/jobs';

/** A table of identities as it is in a file, before the app has seen it. */
export interface IdentityTable {
  /** The first line. */
  columns: readonly string[];
  /** Rows that have anything in them. */
  count: number;
  /** The first of them. */
  first: readonly (readonly string[])[];
  /** Why the app would not take it; empty when nothing is wrong with its first line. */
  problem: string;
  /** The rows as they stand in the file, without the first line. */
  rows: readonly string[];
  /** The first line as it stands in the file. */
  head: string;
}

const Shown = 5;
const Known = ['ssl client certificate', 'certificate', 'locked', 'auth', 'expire'];

/** Bytes that the table of one job may have. */
const TableBytes = 30 * 1024 * 1024;

/** Reads a table: fields apart by commas, in quotation marks where they hold commas or line ends, as RFC 4180 has it. */
export function readTable(text: string): IdentityTable {
  const records = recordsOf(text.replace(/^\uFEFF/, ''));
  const [head, ...rows] = records.filter(({ fields }) => fields.some((field) => field !== ''));
  const columns = head?.fields ?? [];
  return {
    columns,
    count: rows.length,
    first: rows.slice(0, Shown).map(({ fields }) => fields),
    problem: problemOf(columns, rows.length),
    rows: rows.map(({ raw }) => raw),
    head: head?.raw ?? '',
  };
}

function problemOf(columns: readonly string[], count: number): string {
  if (columns[0] !== 'ID') {
    return 'The first line must begin with ID.';
  }

  const unknown = columns.slice(1).filter((column) => !Known.includes(column.toLowerCase()) && !/^tag:./.test(column));
  if (unknown.length > 0) {
    return `These columns are not known: ${unknown.map((column) => column || '(empty)').join(', ')}. There can be SSL Client Certificate, locked, auth, expire and tag:name.`;
  }

  return count === 0 ? 'There are no rows below the first line.' : '';
}

/** The table as one file for each job that it takes, with the number of its rows. */
export function splitTable({ head, rows }: IdentityTable): { table: string; count: number }[] {
  const parts: { table: string; count: number }[] = [];
  let part = [head];
  let bytes = 0;
  const whole = () => ({ table: part.join('\r\n'), count: part.length - 1 });
  for (const row of rows) {
    // A character of a text takes three bytes at most.
    if (part.length > JobRows || bytes + row.length * 3 > TableBytes) {
      parts.push(whole());
      part = [head];
      bytes = 0;
    }

    part.push(row);
    bytes += row.length * 3;
  }

  return part.length > 1 ? [...parts, whole()] : parts;
}

interface TableRecord {
  fields: string[];
  raw: string;
}

function recordsOf(text: string): TableRecord[] {
  const records: TableRecord[] = [];
  let fields: string[] = [];
  let field = '';
  let start = 0;
  let isQuoted = false;
  let wasQuoted = false;
  const endField = () => {
    fields.push(wasQuoted ? field : field.trim());
    field = '';
    wasQuoted = false;
  };
  const endRecord = (end: number) => {
    endField();
    records.push({ fields, raw: text.slice(start, end) });
    fields = [];
  };

  for (let at = 0; at < text.length; at++) {
    const c = text.charAt(at);
    if (isQuoted) {
      if (c !== '"') {
        field += c;
      } else if (text[at + 1] === '"') {
        field += c;
        at++;
      } else {
        isQuoted = false;
      }
    } else if (c === '"' && field.trim() === '') {
      isQuoted = wasQuoted = true;
      field = '';
    } else if (c === ',') {
      endField();
    } else if (c === '\n' || c === '\r') {
      endRecord(at);
      if (c === '\r' && text[at + 1] === '\n') {
        at++;
      }

      start = at + 1;
    } else {
      field += c;
    }
  }

  if (start < text.length) {
    endRecord(text.length);
  }

  return records;
}

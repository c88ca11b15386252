import { describe, expect, it } from 'vitest';
import { readTable, splitTable } from './csv';

describe('readTable', () => {
  it('shows the first rows and counts all', () => {
    const table = readTable('ID,tag:site\r\n' + Array.from({ length: 12 }, (_, i) => `pump-${i},oslo`).join('\r\n') + '\r\n');
    expect(table).toMatchObject({ columns: ['ID', 'tag:site'], count: 12, problem: '' });
    expect(table.first).toHaveLength(5);
    expect(table.first[0]).toEqual(['pump-0', 'oslo']);
  });

  it('reads commas, quotation marks and line ends in quoted fields', () => {
    const table = readTable('ID,SSL Client Certificate\na,"-----BEGIN\nx,""y""\n-----END"\nb,\n');
    expect(table.count).toBe(2);
    expect(table.first[0]).toEqual(['a', '-----BEGIN\nx,"y"\n-----END']);
    expect(table.rows[0]).toBe('a,"-----BEGIN\nx,""y""\n-----END"');
  });

  it('passes over a byte order mark and empty lines, and needs no line end at the end', () => {
    expect(readTable('\uFEFFID\n\na\n\n,\nb')).toMatchObject({ columns: ['ID'], count: 2, problem: '' });
  });

  it.each([
    ['', 'must begin with ID'],
    ['name\na', 'must begin with ID'],
    ['ID\n', 'no rows'],
    ['ID,color\na,b', 'not known: color'],
    ['ID,tag:\na,b', 'not known: tag:'],
    ['ID,\na,b', 'not known: (empty)'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(readTable(text).problem).toContain(problem);
  });
});

describe('splitTable', () => {
  const table = (rows: number) => readTable('ID\n' + Array.from({ length: rows }, (_, i) => `d${i}`).join('\n'));

  it.each([
    [1, 1],
    [10_000, 1],
    [10_001, 2],
    [25_000, 3],
  ])('makes of %i rows %i jobs, each with the first line', (rows, jobs) => {
    const parts = splitTable(table(rows));
    expect(parts).toHaveLength(jobs);
    expect(parts.every(({ table: text }) => text.startsWith('ID\r\n'))).toBe(true);
    expect(parts.map(({ table: text }) => text.split('\r\n').length - 1)).toEqual(parts.map(({ count }) => count));
    expect(parts.map(({ count }) => count).reduce((a, b) => a + b)).toBe(rows);
    expect(Math.max(...parts.map(({ count }) => count))).toBeLessThanOrEqual(10_000);
  });

  it('keeps each job below the size that the app takes', () => {
    const certificate = 'x'.repeat(60_000);
    const parts = splitTable(readTable('ID,Certificate\n' + Array.from({ length: 600 }, (_, i) => `d${i},${certificate}`).join('\n')));
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts.map(({ table: text }) => text.length))).toBeLessThan(32 * 1024 * 1024);
  });

  it('has nothing to do where there are no rows', () => {
    expect(splitTable(table(0))).toEqual([]);
  });
});

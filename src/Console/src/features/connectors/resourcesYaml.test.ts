import { expect, test } from 'vitest';
import type { Resource } from './resources';
import { planImport, readYaml, writeYaml } from './resourcesYaml';

const resource = (change: Partial<Resource> = {}): Resource => ({
  format: 'string',
  unit: '',
  settable: false,
  allowed: [],
  sync: true,
  ...change,
});

const Many = new Map<string, Resource>([
  ['humidity', resource({ format: 'number', unit: '%', allowed: ['0:100'] })],
  ['mode', resource({ settable: true, allowed: ['on', 'off', 'no', '7', 'null', '2024-01-01', ' a'], initial: 'on' })],
  ['on', resource({ format: 'boolean', settable: true, allowed: [true], initial: true, sync: false })],
  ['setpoint', resource({ format: 'number', settable: true, allowed: [5, '10-20'], initial: 15.5 })],
  ['yes', resource({ unit: 'two\nlines: # no comment' })],
  ['__proto__', resource({ unit: '007' })],
  ['1', resource()],
  ['true', resource()],
  ['-1:2', resource()],
  ['ünï', resource()],
]);

test('what the command line writes is read', () => {
  const { resources, problems } = readYaml(
    "---\ntemperature:\n  allowed: []\n  format: number\n  settable: false\n  unit: ''\nhumidity:\n  format: number\n  allowed:\n  - 0:100\n  - 9-11\n",
  );
  expect(problems).toEqual([]);
  expect([...resources]).toEqual([
    ['temperature', resource({ format: 'number' })],
    ['humidity', resource({ format: 'number', allowed: ['0:100', '9-11'] })],
  ]);
});

test('what is written is as the command line has it', () => {
  expect(writeYaml([['temperature', resource({ format: 'number', unit: 'C' })]])).toBe(
    '---\ntemperature:\n  allowed: []\n  format: number\n  settable: false\n  unit: C\n',
  );
});

test('what is written is read as it was', () => {
  const { resources, problems } = readYaml(writeYaml(Many));
  expect(problems).toEqual([]);
  expect(new Map(resources)).toEqual(Many);
  expect(readYaml(writeYaml([])).resources.size).toBe(0);
});

test('what Ruby would take for a number or a flag is in quotes', () => {
  const text = writeYaml([['on', resource({ format: 'number', allowed: ['0:50'], unit: 'no' })]]);
  expect(text).toMatch(/^---\n"on":\n {2}allowed:\n {4}- "0:50"\n/);
  expect(text).toContain('unit: "no"');
});

test('nothing is nothing', () => {
  expect(readYaml('')).toEqual({ resources: new Map(), problems: [] });
  expect(readYaml('--- {}')).toEqual({ resources: new Map(), problems: [] });
});

test.each([
  ['a bomb of references', `a: &a [1,1,1,1]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n`, 2, 'References'],
  ['a name twice', 'temp:\n  unit: C\ntemp:\n  unit: F\n', 3, 'twice'],
  ['a field twice', 'temp:\n  unit: C\n  unit: F\n', 3, 'twice'],
  ['a list', '- alias: temp\n', 0, 'map of definitions'],
  ['a text', 'hello', 0, 'map of definitions'],
  ['a broken one', 'temp: {unit: C\n', 2, 'not YAML'],
  ['two documents', 'a: {}\n---\nb: {}\n', 2, 'not YAML'],
  ['bytes', 'a\0b', 0, 'not a text file'],
  ['a huge one', 'x'.repeat(8_500_001), 0, 'too large'],
  ['too many', Array.from({ length: 1_000 }, (_, i) => `a${i}: {}`).join('\n'), 0, 'at most 999'],
  ['no definition', 'temp: 7\n', 1, 'map of fields'],
  ['a bad alias', 'ok: {}\na.b: {}\n', 2, 'dot'],
  ['a bad format', 'temp:\n  format: float\n', 1, 'format must be'],
  ['a flag as text', 'temp:\n  settable: "yes"\n', 1, 'settable must be'],
  ['a nested list', 'temp:\n  allowed: [[1]]\n', 1, 'allowed must be'],
  ['a field that is none', 'temp:\n  colour: red\n', 1, 'no field "colour"'],
  ['a number that is none', 'temp:\n  format: number\n  allowed: [a]\n', 1, 'neither a number nor a range'],
  ['infinity', 'temp:\n  format: number\n  allowed: [.inf]\n', 1, 'allowed must be'],
  ['an initial value of what is not settable', 'temp:\n  initial: 7\n', 1, 'Only a resource'],
])('%s is refused with a sentence', (_, text, line, sentence) => {
  const { problems } = readYaml(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toContain(sentence);
  expect(problems[0]?.line).toBe(line);
});

test('a deep one is refused, and does not break the page', () => {
  expect(readYaml('['.repeat(20_000)).problems).toHaveLength(1);
});

test('a tag of another language makes nothing', () => {
  const { resources, problems } = readYaml('temp: !ruby/object:Gem {unit: C}\n');
  expect(problems.length + resources.size).toBe(1);
});

test('an import tells what it does', () => {
  const present = new Map([
    ['a', resource()],
    ['b', { ...resource(), later: 7 } as Resource],
    ['c', resource()],
  ]);
  const file = new Map([
    ['b', resource()],
    ['c', resource({ unit: 'C' })],
    ['d', resource()],
  ]);
  const merge = planImport(present, file, false);
  expect(merge.changes.map(({ alias, what }) => `${alias} ${what}`)).toEqual(['b unchanged', 'c changed', 'd added']);
  expect([...merge.after.keys()]).toEqual(['a', 'b', 'c', 'd']);
  expect(merge.after.get('b')).toHaveProperty('later', 7);
  const replace = planImport(present, file, true);
  expect(replace.changes.map(({ alias, what }) => `${alias} ${what}`)).toEqual(['a deleted', 'b unchanged', 'c changed', 'd added']);
  expect([...replace.after.keys()]).toEqual(['b', 'c', 'd']);
});

import { expect, test } from 'vitest';
import type { Resource } from '../../api/schema';
import { SeenValues } from './seen';

const temperature: Resource = { format: 'number', unit: 'C', settable: false, sync: true, allowed: [] };
const opened = 100_000_000;

function seenAt(...times: number[]) {
  const seen = new SeenValues(opened);
  times.forEach((timestamp, index) =>
    seen.noteState({ temperature: { reported: String(20 + index), timestamp, reportedAt: timestamp } }, { temperature }),
  );
  return seen.points('temperature');
}

test.each([
  ['from long ago stands where the page was opened', [5, opened + 7, opened + 9], [opened, opened + 7, opened + 9]],
  ['from after that stands where it is', [opened + 3, opened + 7], [opened + 3, opened + 7]],
  ['is no later than the next one, whatever the clock here says', [5, opened - 7], [opened - 7, opened - 7]],
  ['alone stands where it is', [5], [5]],
])('the first value of a chart %s', (_, times, shown) => expect(seenAt(...times).times).toEqual(shown));

test('of what was not seen there is nothing', () => expect(new SeenValues().points('x')).toEqual({ times: [], values: [] }));

import { expect, test } from 'vitest';
import { expiryOf } from './expiry';

const Now = new Date('2026-03-01T12:00:00').getTime();

test('never, days and a day', () => {
  expect(expiryOf('never', '', Now)).toBe(0);
  expect(expiryOf('30', '', Now)).toBe((Now + 30 * 86_400_000) * 1000);
  expect(expiryOf('date', '2026-03-01', Now)).toBe(new Date('2026-03-01T23:59:59').getTime() * 1000);
});

test.each(['', '2026-02-28', 'nonsense', '2026-13-01'])('%j is no day in the future', (date) =>
  expect(expiryOf('date', date, Now)).toBeUndefined(),
);

import { expect, test } from 'vitest';
import { ApiError, sentenceOf } from './errors';

const busy = (reason: string, message: string, retryAfter: number) => sentenceOf(new ApiError(503, reason, message, '', retryAfter));

test.each([
  ['contention', '', 'Others are changing the same at this moment. Try again in 1 s.'],
  ['deadline', 'This took too long. Try again.', 'This took too long. Try again in 1 s.'],
  [
    'too-many-uploads',
    'Too many files are being uploaded at once. Try again later.',
    'Too many files are being uploaded at once. Try again in 1 s.',
  ],
  ['too-many-watched', 'Watch all of it, or try again later.', 'Watch all of it, or try again in 1 s.'],
  ['paused', 'The app rests.', 'The app rests. Try again in 1 s.'],
])('%s: when to try again is said once', (reason, message, sentence) => {
  expect(busy(reason, message, 1)).toBe(sentence);
});

test('without a time it is said that it may be tried again', () => {
  expect(busy('contention', '', 0)).toBe('Others are changing the same at this moment. Try again.');
});

import { expect, test, vi } from 'vitest';
import { readText } from './readText';

test('the text of a file', async () => {
  expect(await readText(new File(['ID\npump-1'], 'a.csv'))).toEqual({ text: 'ID\npump-1' });
});

test('a sentence where it cannot be read', async () => {
  const folder = new File([], 'pumps');
  vi.spyOn(folder, 'text').mockRejectedValue(new DOMException('', 'NotFoundError'));
  expect(await readText(folder)).toEqual({ problem: expect.stringMatching(/^pumps cannot be read\./) as string });
});

import { api } from '../../api/client';
import { sentenceOf } from '../../api/errors';
import type { DeadLetter } from '../../api/schema';
import type { Result } from '../../components/ResultsDialog';
import { countText, pluralText } from '../../format/count';
import { timeText } from '../../format/time';
import { DeadLetterLimit } from './events';

/** How work on all dead letters ended. */
export interface WorkEnd {
  /** In sentences. */
  text: string;
  /** Whether it was done with all of them, and nothing failed. */
  isComplete: boolean;
  /** What became of those that were looked at. */
  results: Result[];
}

const Path = '/api:1/service/{connector}/device2/events/deadletters';

const resultOf = ({ id, type, identity, time }: DeadLetter, result: string, problem: string): Result => ({
  id,
  name: `${type} of ${identity}, ${timeText(time)}`,
  result,
  problem,
});

export interface DeadLetterPage {
  items: DeadLetter[];
  /** Of the next page, where there is one. */
  cursor?: string;
}

/** A page of dead letters, in order of time. */
export async function readDeadLetters(connector: string, cursor: string, signal?: AbortSignal): Promise<DeadLetterPage> {
  const query = { limit: DeadLetterLimit, ...(cursor === '' ? {} : { cursor }) };
  const { data } = await api.GET(Path, { params: { path: { connector }, query }, ...(signal === undefined ? {} : { signal }) });
  return data ?? { items: [] };
}

/** Sends all dead letters again, step by step, and ends before the next step when the signal comes; `say` is told how far it is. */
export async function sendAllAgain(connector: string, say: (how: string) => void, signal: AbortSignal): Promise<WorkEnd> {
  const results = new Map<string, Result>();
  const note = (letters: readonly DeadLetter[], result: string, problem = '') =>
    letters.forEach((letter) => results.set(letter.id, resultOf(letter, result, problem)));
  const count = (wanted: string) => [...results.values()].filter(({ result }) => result === wanted).length;
  const countsText = () => `${countText(count('arrived'))} arrived, ${countText(count('failed'))} did not`;
  const end = (areAllTried: boolean, problem: string): WorkEnd => ({
    text: [`${countsText()}.`, areAllTried ? '' : 'Not all were tried.', problem].filter((part) => part !== '').join(' '),
    isComplete: areAllTried && count('failed') === 0,
    results: [...results.values()],
  });

  let [cursor, why] = ['', ''];
  for (;;) {
    let letters: DeadLetter[] = [];
    try {
      // The app tells how many arrive. Which ones is seen by who is there before and afterwards.
      letters = (await readDeadLetters(connector, cursor)).items;
      const { data: step } = await api.POST(`${Path}/retry`, { params: { path: { connector }, query: cursor === '' ? {} : { cursor } } });
      const [delivered, failed] = [step?.delivered ?? 0, step?.failed ?? 0];
      why = step?.why ?? why;
      const tried = letters.slice(0, delivered + failed);
      const there = failed === 0 ? [] : delivered === 0 ? tried : (await readDeadLetters(connector, cursor)).items;
      const left = new Set(there.map(({ id }) => id));
      note(letters, 'not tried');
      note(tried, 'arrived');
      note(
        tried.filter(({ id }) => left.has(id)),
        'failed',
        failed === 1 ? why : `The last of ${countText(failed)} that did not arrive: ${why}`,
      );
      const next = step?.cursor ?? '';
      // The same place again, and nothing arrived: the destination does not answer.
      if (step?.more !== true || (next === cursor && delivered === 0) || signal.aborted) {
        return end(step?.more !== true, why);
      }

      cursor = next;
      say(`Sending again: ${countsText()}`);
    } catch (error) {
      note(letters, 'not known', sentenceOf(error));
      return end(false, sentenceOf(error));
    }
  }
}

/** Discards all dead letters in the same way; `shown` are those that are known, from the first. */
export async function discardAll(
  connector: string,
  shown: readonly DeadLetter[],
  say: (how: string) => void,
  signal: AbortSignal,
): Promise<WorkEnd> {
  let discarded = 0;
  const end = async (problem: string): Promise<WorkEnd> => {
    const text = `${pluralText(discarded, 'event was', 'events were')} discarded`;
    return problem === ''
      ? { text, isComplete: true, results: [] }
      : { text: `${text}. ${problem}`, isComplete: false, results: await leftOf(connector, shown) };
  };
  for (;;) {
    try {
      const { data } = await api.DELETE(Path, { params: { path: { connector } } });
      discarded += data?.discarded ?? 0;
      if (data?.more !== true) {
        return await end('');
      }
    } catch (error) {
      return end(sentenceOf(error));
    }

    if (signal.aborted) {
      return end('The others are kept.');
    }

    say(`Discarding: ${pluralText(discarded, 'event is', 'events are')} gone`);
  }
}

/** Which of some dead letters, from the first, were discarded. They go in the order of their ids. */
async function leftOf(connector: string, shown: readonly DeadLetter[]): Promise<Result[]> {
  try {
    const { items, cursor } = await readDeadLetters(connector, '');
    const left = new Set(items.map(({ id }) => id));
    const last = items.at(-1)?.id ?? '';
    const isLeft = (id: string) => left.has(id) || (cursor !== undefined && id > last);
    return shown.map((letter) => resultOf(letter, isLeft(letter.id) ? 'kept' : 'discarded', ''));
  } catch (error) {
    return shown.map((letter) => resultOf(letter, 'not known', sentenceOf(error)));
  }
}

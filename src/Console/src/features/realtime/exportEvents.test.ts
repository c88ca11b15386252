import { expect, test } from 'vitest';
import { asCsv, asJsonLines } from './exportEvents';
import type { LiveEvent } from './liveEvent';

const event = (more: Partial<LiveEvent>): LiveEvent => ({ key: 1, type: 'refused', timestamp: 1_500_000_000_000_000, ...more });
const Head = 'time,type,identity,ip,protocol,reason,message,code,method,path,connection_id,count,payload\r\n';

test('each event is a line of JSON, as it came', () => {
  expect(asJsonLines([event({ identity: 'a\nb' }), event({})])).toBe(
    '{"type":"refused","timestamp":1500000000000000,"identity":"a\\nb"}\n{"type":"refused","timestamp":1500000000000000}\n',
  );
  expect(asJsonLines([])).toBe('');
});

test('each event is a line of a table', () => {
  expect(asCsv([event({ identity: 'p', reason: 'locked', code: 401 })])).toBe(
    `${Head}2017-07-14T02:40:00.000Z,refused,p,,,locked,,401,,,,,\r\n`,
  );
  expect(asCsv([])).toBe(Head);
});

test('quotes, commas and lines are kept within their field', () => {
  expect(asCsv([event({ identity: 'a"b,c\r\nd' })])).toContain(',"a""b,c\r\nd",');
  expect(asCsv([event({ type: 'data_in', payload: [{ values: { a: '1' } }] })])).toContain('"[{""values"":{""a"":""1""}}]"');
});

test('what a spreadsheet would run is made a text', () => {
  for (const evil of ['=1+1', '+1', '-1', '@x']) {
    expect(asCsv([event({ identity: evil })])).toContain(`,'${evil},`);
  }
});

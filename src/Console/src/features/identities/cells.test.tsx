import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Resource, StateEntry } from '../../api/schema';
import { ValueCell } from './cells';

afterEach(cleanup);

const setpoint: Resource = { format: 'number', unit: 'C', settable: true, sync: true, allowed: [], initial: 5 };

test.each<[string, Partial<Resource>, StateEntry | undefined, string]>([
  ['reported', {}, { reported: '21', set: 21, timestamp: 7 }, '21 C'],
  ['set and not acknowledged', {}, { reported: '21', set: 22, timestamp: 7 }, '21 C → 22 pending'],
  ['set before the first report', {}, { set: 22, timestamp: 7 }, ' → 22 pending'],
  ['what it begins with, which is nobody’s command', {}, { set: 5, timestamp: 0 }, '5 initial'],
  ['without an acknowledgement', { sync: false }, { reported: '21', set: 22, timestamp: 7 }, '21 C'],
  ['only reported', { settable: false, unit: '' }, { reported: '21', timestamp: 7 }, '21'],
  ['nothing yet', {}, undefined, '–'],
])('a value: %s', (_, change, entry, text) => {
  render(
    <FluentProvider theme={webLightTheme}>
      <p>
        <ValueCell entry={entry} resource={{ ...setpoint, ...change }} />
      </p>
    </FluentProvider>,
  );
  expect(screen.getByRole('paragraph').textContent).toBe(text);
});

import { Field, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTheme } from '../../app/theme';
import type { SeenValues } from './seen';

const Height = 180;

// Whole seconds at least: finer ones say nothing here.
const Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400];
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

const useStyles = makeStyles({
  section: { marginTop: tokens.spacingVerticalL },
  title: { fontSize: tokens.fontSizeBase400, marginBlock: `0 ${tokens.spacingVerticalXS}` },
  frame: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: tokens.spacingHorizontalS,
    overflow: 'hidden',
  },
  choice: { maxWidth: '320px', marginBottom: tokens.spacingVerticalS },
});

interface Charted {
  alias: string;
  unit: string;
}

/** The numbers that were reported since the page was opened, as a line. */
export function ValueChart({ charted, seen }: { charted: readonly Charted[]; seen: SeenValues }) {
  const styles = useStyles();
  const [chosen, setChosen] = useState('');
  const one = charted.find(({ alias }) => alias === chosen) ?? charted[0];
  if (one === undefined) {
    return null;
  }

  const { times, values } = seen.points(one.alias);
  const summary = summaryOf(one, times, values);
  return (
    <section className={styles.section} aria-label="Chart">
      <h2 className={styles.title}>Seen since this page was opened</h2>
      {charted.length > 1 && (
        <Field label="Resource" className={styles.choice}>
          <Select value={one.alias} onChange={(_, { value }) => setChosen(value)}>
            {charted.map(({ alias }) => (
              <option key={alias} value={alias}>
                {alias}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Text block>{summary}</Text>
      <Line key={one.alias} label={summary} times={times} values={values} />
    </section>
  );
}

/** What a chart shows, for who cannot see it. */
function summaryOf({ alias, unit }: Charted, times: readonly number[], values: readonly number[]): string {
  const withUnit = (value: number): string => (unit === '' ? String(value) : `${value} ${unit}`);
  const seconds = Math.round(((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1e6);
  const span = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  return `${alias}: ${values.length} values in ${span}, last ${withUnit(values.at(-1) ?? 0)}, lowest ${withUnit(low)}, highest ${withUnit(high)}.`;
}

function Line({ label, times, values }: { label: string; times: number[]; values: number[] }) {
  const styles = useStyles();
  const { theme } = useTheme();
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot>(undefined);

  useEffect(() => {
    const place = frame.current;
    if (place === null) {
      return undefined;
    }

    // A canvas knows no custom properties: it gets the colours themselves.
    const axis = {
      stroke: theme.colorNeutralForeground2,
      grid: { stroke: theme.colorNeutralStroke2, width: 1 },
      ticks: { stroke: theme.colorNeutralStroke2, width: 1 },
    };
    const made = new UPlot(
      {
        width: place.clientWidth - 18,
        height: Height,
        // The last time is as wide as half of itself beyond the last point.
        padding: [null, 44, null, null],
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: true } },
        axes: [
          { ...axis, space: 90, incrs: Steps, values: (_, splits) => splits.map((seconds) => clock.format(seconds * 1000)) },
          { ...axis, size: 60 },
        ],
        series: [{}, { stroke: theme.colorBrandForeground1, width: 2, points: { show: true, size: 4 } }],
      },
      [[], []],
      place,
    );
    chart.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: place.clientWidth - 18, height: Height }));
    watch.observe(place);
    return () => {
      watch.disconnect();
      made.destroy();
      chart.current = undefined;
    };
  }, [theme]);

  useEffect(() => {
    chart.current?.setData([times.map((time) => time / 1e6), values]);
  }, [times, values, theme]);

  return <div ref={frame} className={styles.frame} role="img" aria-label={label} />;
}

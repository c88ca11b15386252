import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { Suspense, useState } from 'react';
import { Age } from '../../components/Age';
import { deferredDialog } from '../../components/deferred';
import { useMay } from '../access/operator';
import { useDeviceContext } from '../identities/deviceContext';
import type { SeenValue } from './seen';
import { ValueText } from './ValueText';
import { guessFormat, textOf } from './values';

const ResourceDialog = deferredDialog(async () => (await import('../connectors/ResourceDialog')).ResourceDialog);

const useStyles = makeStyles({
  section: { marginTop: tokens.spacingVerticalM },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalXS,
    overflowWrap: 'anywhere',
  },
  title: { fontSize: tokens.fontSizeBase400, marginBlock: `0 ${tokens.spacingVerticalXS}` },
});

/** What the device writes under names that are no resources: each can become one. */
export function UndefinedValues({ values, isLive }: { values: readonly [string, SeenValue][]; isLive: boolean }) {
  const styles = useStyles();
  const { connector } = useDeviceContext();
  const mayDefine = useMay('admin');
  const [defining, setDefining] = useState<string>();
  const last = values.find(([alias]) => alias === defining)?.[1];
  if (values.length === 0) {
    return isLive ? null : (
      <Text block size={200}>
        Without a live log, values that are no resources cannot be seen here.
      </Text>
    );
  }

  return (
    <section className={styles.section} aria-label="Values that are not kept">
      <h2 className={styles.title}>Values that are not kept</h2>
      <Text block>The device also writes these. No resource has their name, so they are passed on and not stored.</Text>
      <ul className={styles.list}>
        {values.map(([alias, { value, timestamp }]) => (
          <li key={alias} className={styles.item}>
            <Text weight="semibold">{alias}</Text>
            <ValueText value={value} />
            <Text size={200}>
              <Age micros={timestamp} />
            </Text>
            {mayDefine && (
              <Button size="small" icon={<AddRegular />} onClick={() => setDefining(alias)}>
                Make {alias} a resource
              </Button>
            )}
          </li>
        ))}
      </ul>
      {defining !== undefined && (
        <Suspense>
          <ResourceDialog
            connector={connector}
            proposed={{ alias: defining, format: guessFormat(textOf(last?.value)) }}
            onClose={() => setDefining(undefined)}
          />
        </Suspense>
      )}
    </section>
  );
}

import { Button, makeStyles, Text, tokens, Tooltip } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { Waiting } from '../../components/Waiting';
import { useMay } from '../access/operator';
import { deviceQuery } from '../identities/device';
import { useDeviceContext } from '../identities/deviceContext';
import { TagForm } from './TagForm';
import { MaxTags } from './tags';
import { TagValue } from './TagValue';
import { useTagEdit } from './useTagEdit';

const useStyles = makeStyles({
  list: {
    margin: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  tag: {
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, 1fr) 3fr',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    ':not(:first-child)': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
    '@media (max-width: 480px)': { gridTemplateColumns: '1fr', gap: 0 },
  },
  name: {
    display: 'flex',
    alignItems: 'center',
    alignSelf: 'start',
    minHeight: '32px',
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    minWidth: 0,
  },
  values: { margin: 0, minWidth: 0 },
  hint: { marginTop: tokens.spacingVerticalS, color: tokens.colorNeutralForeground2 },
});

/** The tags of a device: names with one or several values, which operators give and devices do not see. */
export function TagsTab() {
  const styles = useStyles();
  const { connector, identity } = useDeviceContext();
  const { data: device } = useQuery(deviceQuery(connector, identity));
  const mayChange = useMay('operator');
  const edit = useTagEdit(connector, identity);
  const [leaving, setLeaving] = useState<string>();
  const [changed, setChanged] = useState<{ name: string; to: string }>();
  if (device === undefined) {
    return <Waiting />;
  }

  const tags = Object.entries(device.tags);
  const count = tags.reduce((sum, [, values]) => sum + values.length, 0);
  return (
    <>
      {mayChange && <TagForm connector={connector} identity={identity} tags={device.tags} />}
      {tags.length === 0 ? (
        <Text block>This device has no tags. Tags help to find devices; the devices themselves do not see them.</Text>
      ) : (
        <dl className={styles.list} aria-label="Tags">
          {tags.map(([name, values]) => (
            <div key={name} className={styles.tag}>
              <dt className={styles.name}>
                {name}
                {mayChange && values.length > 1 && (
                  <Tooltip content={`Delete all values of ${name}`} relationship="label">
                    <Button size="small" appearance="subtle" icon={<DeleteRegular />} onClick={() => setLeaving(name)} />
                  </Tooltip>
                )}
              </dt>
              {values.map((value) => (
                <dd key={value} className={styles.values} style={{ gridColumn: '-2 / -1' }}>
                  <TagValue
                    connector={connector}
                    identity={identity}
                    name={name}
                    value={value}
                    mayChange={mayChange}
                    isFocused={changed?.name === name && changed.to === value}
                    onChange={(to) => setChanged(to === undefined ? undefined : { name, to })}
                  />
                </dd>
              ))}
            </div>
          ))}
        </dl>
      )}
      <Text block size={200} className={styles.hint}>
        {count} of {MaxTags} tags; a name with several values counts once for each. A name has at most 80 characters, a value at most 200;
        letters outside of English count for more.
      </Text>
      {leaving !== undefined && (
        <ConfirmDialog
          title={`Delete all values of ${leaving}?`}
          action="Delete"
          onConfirm={() => edit.mutateAsync({ name: leaving })}
          onClose={() => setLeaving(undefined)}
        >
          <Text>All {device.tags[leaving]?.length ?? 0} values of this name go.</Text>
        </ConfirmDialog>
      )}
    </>
  );
}

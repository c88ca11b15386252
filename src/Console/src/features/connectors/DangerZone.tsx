import { Button, makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { useMessages } from '../../components/Messages';
import { readConfig } from '../access/config';
import { connectorsQuery } from './connectors';

const useStyles = makeStyles({
  title: { margin: 0 },
  zone: {
    maxWidth: '680px',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalM,
    marginTop: tokens.spacingVerticalXXL,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorStatusDangerBorder1}`,
    borderRadius: tokens.borderRadiusMedium,
  },
});

/** Deletes the connector, after its name was typed. */
export function DangerZone({ connector, name }: { connector: string; name: string }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const messages = useMessages();
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    const { business } = await readConfig();
    await api.DELETE('/api:1/business/{business}/solution/{solution}', { params: { path: { business, solution: connector } } });
    messages.done(`${name} was deleted`);
    await cache.invalidateQueries({ queryKey: connectorsQuery.queryKey });
    await navigate({ to: '/', ignoreBlocker: true });
  };

  return (
    <section className={styles.zone} aria-label="Danger zone">
      <Subtitle1 as="h2" className={styles.title}>
        Danger zone
      </Subtitle1>
      <Text>
        Deleting the connector deletes all its devices with their values and tags, its content, its resources and its settings. Nobody can
        undo it.
      </Text>
      <Button onClick={() => setAsking(true)}>Delete connector…</Button>
      {isAsking && (
        <ConfirmDialog title={`Delete ${name}?`} action="Delete connector" typed={name} onConfirm={remove} onClose={() => setAsking(false)}>
          All devices of {name} are shut out at once. Devices, values, tags, content, resources and settings are gone for good.
        </ConfirmDialog>
      )}
    </section>
  );
}

import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useSuspenseQuery } from '@tanstack/react-query';
import { CopyButton } from '../../components/CopyButton';
import { EmptyState } from '../../components/EmptyState';
import { settingsQuery } from '../connectors/connectors';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalS, width: '100%' },
  code: {
    flexGrow: 1,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
  },
});

/** While nothing has happened: what would make something happen. */
export function NothingYet({ connector, identity }: { connector: string; identity: string | undefined }) {
  const styles = useStyles();
  const { fqdn } = useSuspenseQuery(settingsQuery(connector)).data;
  const command =
    identity === undefined
      ? `curl -d 'vendor=${connector}&model=${connector}&sn=my-device' https://${fqdn}/provision/activate`
      : `curl -H "X-Exosite-CIK: $TOKEN" -d 'temperature=21.5' https://${fqdn}/onep:v1/stack/alias`;
  return (
    <EmptyState title="Nothing has happened yet">
      <Text>
        What {identity === undefined ? 'devices do' : `${identity} does`} shows here within a second, for as long as you watch. Nothing is
        stored: what happened before does not show.
      </Text>
      <Text>{identity === undefined ? 'A device that activates shows, for example:' : 'A value that it writes shows, for example:'}</Text>
      <div className={styles.line}>
        <code className={styles.code}>{command}</code>
        <CopyButton text={command} label="Copy the command" />
      </div>
    </EmptyState>
  );
}

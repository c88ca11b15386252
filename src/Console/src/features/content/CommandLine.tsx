import { makeStyles, tokens } from '@fluentui/react-components';
import { CopyButton } from '../../components/CopyButton';

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

/** A command for a shell, to be copied. */
export function CommandLine({ command }: { command: string }) {
  const styles = useStyles();
  return (
    <div className={styles.line}>
      <code className={styles.code}>{command}</code>
      <CopyButton text={command} label="Copy the command" />
    </div>
  );
}

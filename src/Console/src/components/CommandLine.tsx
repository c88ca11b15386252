import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons';
import { CopyButton } from './CopyButton';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalS, width: '100%' },
  code: {
    flexGrow: 1,
    minWidth: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
    padding: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
  },
  done: {
    backgroundColor: tokens.colorStatusSuccessBackground1,
    boxShadow: `inset 4px 0 0 ${tokens.colorStatusSuccessBorderActive}`,
    paddingInlineStart: tokens.spacingHorizontalM,
  },
  mark: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0, alignSelf: 'center' },
});

interface CommandLineProps {
  /** One line, or several. */
  command: string;
  /** Whether what it was to do has happened. */
  isDone?: boolean;
}

/** A command for a shell, to be copied. */
export function CommandLine({ command, isDone = false }: CommandLineProps) {
  const styles = useStyles();
  return (
    <div className={styles.line}>
      <code className={mergeClasses(styles.code, isDone && styles.done)}>{command}</code>
      {isDone && <CheckmarkCircleFilled className={styles.mark} fontSize={24} aria-hidden />}
      <CopyButton text={command} label="Copy the command" />
    </div>
  );
}

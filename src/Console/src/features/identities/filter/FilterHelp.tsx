import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  box: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalS,
  },
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))',
    gap: tokens.spacingHorizontalS,
    margin: `${tokens.spacingVerticalS} 0 0`,
    padding: 0,
    listStyleType: 'none',
  },
  word: { fontFamily: tokens.fontFamilyMonospace, justifyContent: 'flex-start', minWidth: 0 },
});

type Word = readonly [word: string, meaning: string];

const TextWords: readonly Word[] = [
  ['pump', 'identities that begin with it'],
  ['00:14:*', 'identities like it: * any text, ? any character'],
];
const Words: readonly Word[] = [
  ['identity:pump-1', 'the one with this identity'],
  ['status:provisioned', 'also whitelisted, expired'],
  ['online:yes', 'or no'],
  ['locked:yes', 'or no'],
  ['auth:token', 'also password, certificate'],
  ['tag:site', 'devices with this tag'],
  ['tag:site=Taipei', 'with this value'],
  ['tag:"site=New Y*"', 'with a value that begins so'],
  ['devmode:yes', 'activated over plain http'],
  ['reprovision:yes', 'may activate once more'],
  ['ip:203.0.113.*', 'called last from such an address'],
];

/** What can stand in the filter; a click adds it. */
export function FilterHelp({ tag, onAdd }: { tag: string | undefined; onAdd: (word: string) => void }) {
  const styles = useStyles();
  return (
    <section className={styles.box} aria-label="What can be searched">
      <Text block>
        Words with blanks between; all must hold.
        {tag !== undefined && ` Text without a name finds values of ${tag} that begin with it; for identities write identity:pump-*.`}
      </Text>
      <ul className={styles.list}>
        {(tag === undefined ? [...TextWords, ...Words] : Words).map(([word, meaning]) => (
          <li key={word}>
            <Button size="small" className={styles.word} onClick={() => onAdd(word)} aria-label={`Add ${word}`}>
              {word}
            </Button>{' '}
            <Text size={200}>{meaning}</Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

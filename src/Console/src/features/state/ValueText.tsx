import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { sizeText } from '../../format/size';
import { textOf, type Value } from './values';

const Short = 160;

const useStyles = makeStyles({
  text: { fontFamily: tokens.fontFamilyMonospace, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  empty: { color: tokens.colorNeutralForeground2 },
});

/** A value as it is; a long one is cut until somebody wants it all. */
export function ValueText({ value }: { value: Value }) {
  const styles = useStyles();
  const [isAll, setAll] = useState(false);
  const text = textOf(value);
  if (text === '') {
    return <span className={styles.empty}>empty</span>;
  }

  return (
    <>
      <span className={styles.text}>{isAll || text.length <= Short ? text : `${text.slice(0, Short)}…`}</span>
      {text.length > Short && (
        <Button size="small" appearance="subtle" onClick={() => setAll(!isAll)}>
          {isAll ? 'Show less' : `Show all (${sizeText(new TextEncoder().encode(text).length)})`}
        </Button>
      )}
    </>
  );
}

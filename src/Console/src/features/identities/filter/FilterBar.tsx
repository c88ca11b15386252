import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { DismissRegular, QuestionCircleRegular, SearchRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useId, useState } from 'react';
import { tagNamesQuery } from '../../tags/tagNames';
import { suggestionsFor } from './filterText';
import { QuickFilters } from './QuickFilters';

const FilterHelp = lazy(async () => ({ default: (await import('./FilterHelp')).FilterHelp }));

/** After so long without a key what is typed counts. */
const Pause = 300;

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalS,
  },
  field: { flexGrow: 1, flexBasis: '280px', maxWidth: '640px', minWidth: 0 },
  input: { width: '100%', minWidth: 0 },
});

interface FilterBarProps {
  connector: string;
  /** The line that counts now. */
  value: string;
  /** Name of the tag in whose values text is searched. */
  tag: string | undefined;
  /** Why the app did not take the line; empty when it did. */
  problem: string;
  /** Another line; `isStep` when the one before is to be reached by the back button. */
  onChange: (line: string, isStep: boolean) => void;
}

/** The filter of the list: one line, with buttons that write into it. */
export function FilterBar({ connector, value, tag, problem, onChange }: FilterBarProps) {
  const styles = useStyles();
  const listId = useId();
  const helpId = useId();
  const [isHelping, setHelping] = useState(false);
  const [isNear, setNear] = useState(false);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  const [draft, setDraft] = useState<string>();
  const [hasStep, setStep] = useState(false);
  const text = draft ?? value;
  const { data: tags } = useQuery({ ...tagNamesQuery(connector), enabled: isNear });

  // The line came from elsewhere: the back button, a link, a button. What came from here may be behind what is typed by now.
  if (value !== seen) {
    setSeen(value);
    if (value !== sent || draft === value) {
      setDraft(undefined);
    }
  }

  const send = (line: string, isStep: boolean) => {
    setSent(line);
    onChange(line, isStep);
  };

  useEffect(() => {
    if (draft === undefined || draft === value) {
      return undefined;
    }

    const timer = setTimeout(() => {
      // All that is typed in one go is one step back.
      setSent(draft);
      setStep(true);
      onChange(draft, !hasStep);
    }, Pause);
    return () => clearTimeout(timer);
  }, [draft, value, hasStep, onChange]);

  const choose = (line: string) => {
    setDraft(undefined);
    setStep(false);
    send(line, true);
  };

  return (
    <>
      <div className={styles.bar} role="search" aria-label="Devices">
        <Field className={styles.field} {...(problem !== '' && { validationMessage: problem })}>
          <Input
            className={styles.input}
            aria-label={tag === undefined ? 'Filter devices' : `Search in values of ${tag}`}
            placeholder={tag === undefined ? 'pump-* tag:site=Oslo online:yes' : `Search in values of ${tag}`}
            contentBefore={<SearchRegular aria-hidden />}
            contentAfter={
              text === '' ? null : (
                <Button
                  appearance="transparent"
                  size="small"
                  icon={<DismissRegular />}
                  aria-label="Clear the filter"
                  onClick={() => choose('')}
                />
              )
            }
            input={{ list: listId, spellCheck: false, autoCapitalize: 'off' }}
            autoComplete="off"
            maxLength={2000}
            value={text}
            onChange={(_, data) => setDraft(data.value)}
            onFocus={() => setNear(true)}
            onBlur={() => setStep(false)}
            onKeyDown={({ key }) => {
              if (key === 'Enter' && text !== value) {
                send(text, !hasStep);
                setStep(false);
              }
            }}
          />
        </Field>
        <datalist id={listId}>
          {isNear &&
            suggestionsFor(
              text,
              (tags?.names ?? []).map(({ name }) => name),
            ).map((line) => <option key={line} value={line} />)}
        </datalist>
        <QuickFilters line={text} onChange={choose} />
        <Button
          appearance="subtle"
          icon={<QuestionCircleRegular />}
          aria-expanded={isHelping}
          aria-controls={helpId}
          onClick={() => setHelping(!isHelping)}
        >
          Help
        </Button>
      </div>
      <div id={helpId}>
        {isHelping && (
          <Suspense>
            <FilterHelp tag={tag} onAdd={(word) => choose(`${text} ${word}`.trim())} />
          </Suspense>
        )}
      </div>
    </>
  );
}

import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { DismissRegular, QuestionCircleRegular, SearchRegular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useId, useState } from 'react';
import { deferred } from '../../../components/deferred';
import { useTextDraft } from '../../../components/useTextDraft';
import { tagNamesQuery } from '../../tags/tagNames';
import { closed, suggestionsFor } from './filterText';
import { QuickFilters } from './QuickFilters';

const FilterHelp = deferred(async () => (await import('./FilterHelp')).FilterHelp);

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
  // All that is typed in one go is one step back.
  const [hasStep, setStep] = useState(false);
  const draft = useTextDraft(value, (line, isChosen) => {
    setStep(!isChosen);
    onChange(line, isChosen || !hasStep);
  });
  const { text } = draft;
  // The app finds values by their beginnings only.
  const beginning = `Beginning of a value of ${tag ?? ''}`;
  const { data: tags } = useQuery({ ...tagNamesQuery(connector), enabled: isNear });

  return (
    <>
      <div className={styles.bar} role="search" aria-label="Devices">
        <Field className={styles.field} {...(problem !== '' && { validationMessage: problem })}>
          <Input
            className={styles.input}
            aria-label={tag === undefined ? 'Filter devices' : beginning}
            placeholder={tag === undefined ? 'pump-* tag:site=Oslo online:yes' : beginning}
            contentBefore={<SearchRegular aria-hidden />}
            contentAfter={
              text === '' ? null : (
                <Button
                  appearance="transparent"
                  size="small"
                  icon={<DismissRegular />}
                  aria-label="Clear the filter"
                  onClick={() => draft.choose('')}
                />
              )
            }
            input={{ list: listId, spellCheck: false, autoCapitalize: 'off' }}
            autoComplete="off"
            maxLength={2000}
            value={text}
            onChange={(_, data) => draft.type(data.value)}
            onFocus={() => setNear(true)}
            onBlur={() => {
              draft.flush();
              setStep(false);
            }}
            onKeyDown={({ key }) => {
              if (key === 'Enter') {
                draft.flush();
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
        <QuickFilters line={text} onChange={draft.choose} />
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
            <FilterHelp tag={tag} onAdd={(word) => draft.choose(`${closed(text)} ${word}`.trim())} />
          </Suspense>
        )}
      </div>
    </>
  );
}

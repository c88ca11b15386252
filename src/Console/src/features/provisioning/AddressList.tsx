import { Button, Field, Input, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import { useRef, useState, type KeyboardEvent } from 'react';
import { addressProblem, addressWarning, MaxAddresses } from './addresses';

const useStyles = makeStyles({
  title: { margin: 0 },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  list: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '320px', overflowY: 'auto' },
  item: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    paddingInline: tokens.spacingHorizontalS,
    minHeight: '36px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
  add: { display: 'flex', alignItems: 'flex-start', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  field: { flexGrow: 1, minWidth: '200px' },
  button: { marginTop: '26px' },
});

interface AddressListProps {
  addresses: readonly string[];
  mayChange: boolean;
  onChange: (addresses: string[]) => void;
}

/** Addresses and ranges from which devices may make their first contact. */
export function AddressList({ addresses, mayChange, onChange }: AddressListProps) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const address = text.trim();
  const warning = address === '' ? undefined : addressWarning(address);

  const add = () => {
    const why =
      addressProblem(address) ??
      (addresses.includes(address) ? 'It is in the list already.' : undefined) ??
      (addresses.length >= MaxAddresses ? `The list has at most ${MaxAddresses} entries.` : undefined);
    setProblem(why);
    if (why === undefined) {
      onChange([...addresses, address]);
      setText('');
    }

    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter adds the address; it does not save the form.
    if (event.key === 'Enter') {
      event.preventDefault();
      add();
    }
  };

  const remove = (gone: string) => {
    onChange(addresses.filter((one) => one !== gone));
    input.current?.focus();
  };

  return (
    <section className={styles.section} aria-label="Allowed IP addresses">
      <Subtitle2 as="h3" className={styles.title}>
        Allowed IP addresses
      </Subtitle2>
      {addresses.length === 0 ? (
        <Text>There are none.</Text>
      ) : (
        <ul className={styles.list} tabIndex={addresses.length > 8 ? 0 : undefined} aria-label="Addresses and ranges">
          {addresses.map((one) => (
            <li key={one} className={styles.item}>
              <span>{one}</span>
              {mayChange && (
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<DeleteRegular />}
                  aria-label={`Remove ${one}`}
                  onClick={() => remove(one)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && (
        <div className={styles.add}>
          <Field
            className={styles.field}
            label="Address or range"
            hint="IPv4 or IPv6, such as 203.0.113.7 or 203.0.113.0/24."
            validationState={problem !== undefined ? 'error' : warning !== undefined ? 'warning' : 'none'}
            validationMessage={problem ?? warning ?? null}
          >
            <Input
              input={{ ref: input }}
              value={text}
              onChange={(_, { value }) => {
                setText(value);
                setProblem(undefined);
              }}
              onKeyDown={onKeyDown}
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
          <Button className={styles.button} icon={<AddRegular />} onClick={add} disabled={address === ''}>
            Add
          </Button>
        </div>
      )}
    </section>
  );
}

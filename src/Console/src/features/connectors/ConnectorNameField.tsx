import { Field, Input } from '@fluentui/react-components';
import { MaxNameLength, type NewConnector } from './newConnector';

/** The name of a connector that is to be made. */
export const ConnectorNameField = ({ form: { name, setName, problem } }: { form: NewConnector }) => (
  <Field
    label="Name"
    required
    hint={`2 to ${MaxNameLength} letters and digits, the first a letter.`}
    validationMessage={problem === '' ? null : problem}
  >
    <Input value={name} onChange={(_, { value }) => setName(value)} autoComplete="off" maxLength={MaxNameLength} />
  </Field>
);

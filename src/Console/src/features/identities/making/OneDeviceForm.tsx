import { Button, Field, Input, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../api/client';
import { sentenceOf } from '../../../api/errors';
import type { Settings } from '../../../api/schema';
import { DialogForm } from '../../../components/AppDialog';
import { useMessages } from '../../../components/Messages';
import { readTagLines } from '../../tags/tagPairs';
import { identityHint, whyNotIdentity } from '../../connectors/identityFormat';
import { forgetDevices } from '../lists';
import { expiryOf, ExpiryField } from './ExpiryField';
import { makeDevice } from './makeDevice';

interface OneDeviceFormProps {
  connector: string;
  settings: Settings;
  onClose: () => void;
  onMade: () => void;
}

/** Makes one device, which then may activate. */
export function OneDeviceForm({ connector, settings, onClose, onMade }: OneDeviceFormProps) {
  const messages = useMessages();
  const cache = useQueryClient();
  const [identity, setIdentity] = useState('');
  const [tagText, setTagText] = useState('');
  const [expiry, setExpiry] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  // Tags that are refused leave a device without them: what is left to do is to give it others.
  const [isMade, setMade] = useState(false);
  const identityProblem = identity === '' ? '' : (whyNotIdentity(settings.identity_format, identity) ?? '');
  const { tags, problem: tagProblem } = readTagLines(tagText);
  const expire = expiryOf(expiry);
  const isReady = identity !== '' && identityProblem === '' && tagProblem === '' && (expire !== undefined || isMade) && !isBusy;

  const make = async () => {
    if (!isMade) {
      await makeDevice(connector, identity, expire ?? 0);
      setMade(true);
    }

    try {
      if (tags.length > 0) {
        await api.POST('/api:1/service/{connector}/device2/identity/{identity}/tag', {
          params: { path: { connector, identity } },
          body: { tags },
        });
      }
    } finally {
      forgetDevices(cache);
      onMade();
    }
  };

  const submit = async () => {
    if (!isReady) {
      return;
    }

    setBusy(true);
    try {
      await make();
      messages.done(`${identity} may activate now.`);
      onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };

  return (
    <DialogForm
      isBusy={isBusy}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose} disabledFocusable={isBusy}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabledFocusable={!isReady}>
            {isMade ? 'Add the tags' : 'Create'}
          </Button>
        </>
      }
    >
      <Field
        label="Identity"
        required
        hint={identityHint(settings.identity_format)}
        {...(identityProblem !== '' && { validationMessage: identityProblem })}
      >
        <Input value={identity} readOnly={isMade} onChange={(_, { value }) => setIdentity(value)} autoComplete="off" spellCheck={false} />
      </Field>
      <Field label="Tags" hint="One a line, as name=value." {...(tagProblem !== '' && { validationMessage: tagProblem })}>
        <Textarea value={tagText} onChange={(_, { value }) => setTagText(value)} rows={2} />
      </Field>
      {!isMade && <ExpiryField value={expiry} onChange={setExpiry} />}
      {problem !== '' && (
        <MessageBar intent="error">
          <MessageBarBody>{isMade ? `${identity} is there now, without these tags. ${problem}` : problem}</MessageBarBody>
        </MessageBar>
      )}
    </DialogForm>
  );
}

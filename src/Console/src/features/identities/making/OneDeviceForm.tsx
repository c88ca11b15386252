import { Button, Field, Input, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../api/client';
import { ApiError, sentenceOf } from '../../../api/errors';
import type { Settings } from '../../../api/schema';
import { DialogForm } from '../../../components/AppDialog';
import { useMessages } from '../../../components/Messages';
import { forgetDevices } from '../../jobs/jobs';
import { identityHint, whyNotIdentity } from '../../connectors/identityFormat';
import { expiryOf, ExpiryField } from './ExpiryField';
import { readTags } from './tagLines';

interface OneDeviceFormProps {
  connector: string;
  settings: Settings;
  onClose: () => void;
  onMade: () => void;
}

const Path = '/api:1/service/{connector}/device2/identity/{identity}';

/** Makes one device, which then may activate. */
export function OneDeviceForm({ connector, settings, onClose, onMade }: OneDeviceFormProps) {
  const messages = useMessages();
  const cache = useQueryClient();
  const [identity, setIdentity] = useState('');
  const [tagText, setTagText] = useState('');
  const [expiry, setExpiry] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const identityProblem = identity === '' ? '' : (whyNotIdentity(settings.identity_format, identity) ?? '');
  const { tags, problem: tagProblem } = readTags(tagText);
  const expire = expiryOf(expiry);
  const isReady = identity !== '' && identityProblem === '' && tagProblem === '' && expire !== undefined && !isBusy;

  const make = async () => {
    const params = { path: { connector, identity } };
    if (await exists(connector, identity)) {
      throw new ApiError(409, '', 'There is a device with this identity already.');
    }

    await api.PUT(Path, { params, body: expire === undefined || expire === 0 ? {} : { auth: { expire } } });
    // It is there by now: what fails after this concerns its tags.
    if (tags.length > 0) {
      await api.POST('/api:1/service/{connector}/device2/identity/{identity}/tag', { params, body: { tags } });
    }
  };

  const submit = async () => {
    if (!isReady) {
      return;
    }

    setBusy(true);
    try {
      await make();
      forgetDevices(cache);
      messages.done(`${identity} may activate now.`);
      onMade();
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
            Create
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
        <Input value={identity} onChange={(_, { value }) => setIdentity(value)} autoComplete="off" spellCheck={false} />
      </Field>
      <Field label="Tags" hint="One a line, as name=value." {...(tagProblem !== '' && { validationMessage: tagProblem })}>
        <Textarea value={tagText} onChange={(_, { value }) => setTagText(value)} rows={2} />
      </Field>
      <ExpiryField value={expiry} onChange={setExpiry} />
      {problem !== '' && (
        <MessageBar intent="error">
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      )}
    </DialogForm>
  );
}

// By the list: an identity that is not there is no error in it. What would be a pattern is not asked for.
async function exists(connector: string, identity: string): Promise<boolean> {
  if (/[*?^$[\](){}|+\\]/.test(identity)) {
    return false;
  }

  const { data } = await api.GET('/api:1/service/{connector}/device2/identity', {
    params: { path: { connector }, query: { identity, limit: 1 } },
  });
  return (data?.devices.length ?? 0) > 0;
}

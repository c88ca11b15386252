import { Button } from '@fluentui/react-components';
import { CodeRegular } from '@fluentui/react-icons';
import { Suspense, useState } from 'react';
import { deferredDialog } from './deferred';

const CallsDialog = deferredDialog(async () => (await import('./CallsDialog')).CallsDialog);

/** Opens the API calls behind the screen. */
export function CallsButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button appearance="subtle" icon={<CodeRegular />} title="The API calls behind this screen, as curl" onClick={() => setOpen(true)}>
        API
      </Button>
      {isOpen && (
        <Suspense>
          <CallsDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

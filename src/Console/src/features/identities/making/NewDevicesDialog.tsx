import { DialogTitle, Tab, TabList } from '@fluentui/react-components';
import { Suspense, useState } from 'react';
import type { Settings } from '../../../api/schema';
import { DialogFrame } from '../../../components/AppDialog';
import { deferredDialog } from '../../../components/deferred';
import type { ImportForm } from '../../jobs/jobs';
import { ManyDevicesForm } from './ManyDevicesForm';
import { OneDeviceForm } from './OneDeviceForm';

const SeveralJobs = deferredDialog(async () => (await import('../../jobs/SeveralJobs')).SeveralJobs);

interface NewDevicesDialogProps {
  connector: string;
  settings: Settings;
  onClose: () => void;
  /** Devices were made. */
  onMade: () => void;
}

interface Run {
  forms: readonly ImportForm[];
  total: number;
}

/** Makes one device, or many from a table. */
export function NewDevicesDialog({ connector, settings, onClose, onMade }: NewDevicesDialogProps) {
  const [way, setWay] = useState<'one' | 'many'>('one');
  const [run, setRun] = useState<Run>();
  const isTrial = run?.forms[0]?.dryRun ?? false;
  return (
    <DialogFrame isWide isAlert={run !== undefined} isKept={run !== undefined} onClose={onClose}>
      {run === undefined ? (
        <>
          <DialogTitle>New devices</DialogTitle>
          <TabList selectedValue={way} onTabSelect={(_, { value }) => setWay(value as 'one' | 'many')} aria-label="How many">
            <Tab value="one">One device</Tab>
            <Tab value="many">Many from CSV</Tab>
          </TabList>
          {way === 'one' ? (
            <OneDeviceForm connector={connector} settings={settings} onClose={onClose} onMade={onMade} />
          ) : (
            <ManyDevicesForm connector={connector} onClose={onClose} onSeveral={(forms, total) => setRun({ forms, total })} />
          )}
        </>
      ) : (
        <Suspense>
          <SeveralJobs
            key={String(isTrial)}
            connector={connector}
            title={isTrial ? 'Dry run of the import' : 'Import'}
            starts={run.forms}
            total={run.total}
            onAgain={isTrial ? () => setRun({ ...run, forms: run.forms.map((form) => ({ ...form, dryRun: false })) }) : undefined}
            onClose={() => {
              onMade();
              onClose();
            }}
          />
        </Suspense>
      )}
    </DialogFrame>
  );
}

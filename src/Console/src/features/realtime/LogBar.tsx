import { Button, makeStyles, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular, DismissRegular, PauseRegular, PlayRegular } from '@fluentui/react-icons';
import { loadPart } from '../../components/loadPart';
import { useMessages } from '../../components/Messages';
import type { LiveEvent } from './liveEvent';
import type { LogState } from './logView';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
});

interface LogBarProps {
  state: LogState;
  shown: readonly LiveEvent[];
  onPause: () => void;
  onResume: () => void;
  onClear: () => void;
}

/** What can be done with the log. */
export function LogBar({ state, shown, onPause, onResume, onClear }: LogBarProps) {
  const styles = useStyles();
  const messages = useMessages();

  // What is saved is read from the first event on; on the page the newest comes first.
  const save = async (form: 'jsonl' | 'csv') => {
    try {
      const [{ asCsv, asJsonLines }, { saveText }] = await loadPart(() =>
        Promise.all([import('./exportEvents'), import('../../format/saveFile')]),
      );
      const events = shown.toReversed();
      if (form === 'csv') {
        saveText('log.csv', 'text/csv', asCsv(events));
      } else {
        saveText('log.jsonl', 'application/x-ndjson', asJsonLines(events));
      }
    } catch (error) {
      messages.failed('The log was not exported', error);
    }
  };

  return (
    <div className={styles.bar}>
      {state.isPaused ? (
        <Button appearance="primary" icon={<PlayRegular />} onClick={onResume}>
          Resume
        </Button>
      ) : (
        <Button icon={<PauseRegular />} onClick={onPause}>
          Pause
        </Button>
      )}
      <Button icon={<DismissRegular />} onClick={onClear}>
        Clear
      </Button>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<ArrowDownloadRegular />} disabled={shown.length === 0}>
            Export
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => void save('jsonl')}>JSON lines</MenuItem>
            <MenuItem onClick={() => void save('csv')}>CSV</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </div>
  );
}

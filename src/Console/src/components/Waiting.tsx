import { Spinner } from '@fluentui/react-components';

/** Something is on its way. */
export function Waiting({ label = 'Loading' }: { label?: string }) {
  return <Spinner label={label} size="small" style={{ padding: '24px' }} />;
}

import { Button } from '@fluentui/react-components';
import { saveText } from '../format/saveFile';

/** Saves what became of each of several things; `table` makes it when it is wanted. */
export const SaveResults = ({ file, table }: { file: string; table: () => string }) => (
  <Button onClick={() => saveText(file, 'text/csv', table())}>Save results</Button>
);

import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { sentenceOf } from '../api/errors';

interface NotRenewedProps {
  /** What was read, and why it could not be read the last time; null when it could. */
  query: { data: unknown; error: unknown };
  /** What can be done about it; without, it is read again by itself. */
  children?: ReactNode;
}

/** Above what was read before, and could not be read again since: it may be so no longer. Nothing while all is well, or while there is nothing to be seen yet. */
export function NotRenewed({ query: { data, error }, children }: NotRenewedProps) {
  return (
    <div role="status" style={{ flexShrink: 0 }}>
      {error !== null && data !== undefined && (
        <MessageBar intent="warning" layout="multiline" style={{ marginBottom: '8px' }}>
          <MessageBarBody>
            <MessageBarTitle>This could not be read anew.</MessageBarTitle>
            {sentenceOf(error)} What stands here may be old.
          </MessageBarBody>
          {children !== undefined && <MessageBarActions>{children}</MessageBarActions>}
        </MessageBar>
      )}
    </div>
  );
}

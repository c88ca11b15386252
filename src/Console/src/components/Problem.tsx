import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { ApiError, sentenceOf } from '../api/errors';

/** In place of what could not be shown. */
export function Problem({ error, reset }: { error: unknown; reset: () => void }) {
  const boundary = useQueryErrorResetBoundary();
  const again = () => {
    boundary.reset();
    reset();
  };

  return (
    <MessageBar intent="error" layout="multiline" style={{ margin: '16px' }}>
      <MessageBarBody>
        <MessageBarTitle>This cannot be shown.</MessageBarTitle>
        {sentenceOf(error)}
        {error instanceof ApiError && error.traceId !== '' && <> (trace {error.traceId})</>}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={again}>Try again</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

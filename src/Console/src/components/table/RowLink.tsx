import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { useLinkStyle } from '../useLinkStyle';
import { useRowTabIndex } from './DataRow';

interface RowAnchorProps extends Omit<ComponentProps<'a'>, 'className' | 'tabIndex'> {
  /** Whether Enter on its row leads there too. Then this is for the mouse: it can be opened in another tab. */
  isOfRow?: boolean;
}

function RowAnchor({ isOfRow = false, onClick, ...props }: RowAnchorProps) {
  const style = useLinkStyle();
  const tabIndex = useRowTabIndex();
  return (
    <a
      {...props}
      className={style}
      tabIndex={isOfRow ? -1 : tabIndex}
      onClick={(event) => {
        event.stopPropagation();
        onClick?.(event);
      }}
    />
  );
}

/** A link in a row, where a click would open the row. It also stands outside of tables. */
export const RowLink = createLink(RowAnchor);

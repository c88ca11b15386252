import type { ButtonProps } from '@fluentui/react-components';
import { cloneElement, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { loadPart } from './loadPart';
import { useMessages } from './Messages';

interface DeferredMenuProps<M> {
  /** Loads the file that has the menu. */
  load: () => Promise<M>;
  /** What opens the menu. */
  button: ReactElement<ButtonProps>;
  /** The menu out of that file, which starts opened and has the button as its trigger. */
  children: (file: M, trigger: ReactElement) => ReactNode;
}

/** A button whose menu is loaded when somebody goes for it: menus are much to load, and most visits open none. */
export function DeferredMenu<M>({ load, button, children }: DeferredMenuProps<M>) {
  const messages = useMessages();
  const [file, setFile] = useState<M>();
  if (file !== undefined) {
    return children(file, button);
  }

  // Whoever points at it will most likely press it. Should this fail, pressing it tries again, and says so.
  const prepare = () => void load().catch(() => undefined);
  const open = async () => {
    try {
      const loaded = await loadPart(load);
      setFile(() => loaded);
    } catch (error) {
      messages.failed('The menu could not be opened', error);
    }
  };

  return cloneElement<ButtonProps>(button, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: () => void open(),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'ArrowDown') {
        event.preventDefault();
        void open();
      }
    },
  });
}

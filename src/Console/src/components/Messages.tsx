import { createContext, use, useEffect, useMemo, useState, type ComponentType, type ReactNode } from 'react';
import { sentenceOf } from '../api/errors';
import type { Message } from './Toasts';

interface Said {
  /** Says that something was done; beside it may stand what to do next, such as a link. */
  done: (what: string, next?: ReactNode) => void;
  /** Says that something went wrong; it stays for longer. */
  failed: (what: string, error: unknown) => void;
}

const MessagesContext = createContext<Said | undefined>(undefined);

type Say = (message: Message) => void;

/** After so long it is tried again to load what shows messages; in milliseconds. */
const Again = 3_000;

/** Keeps what is said until there is what shows it. */
class Speaker {
  #waiting: Message[] = [];
  #say: Say | undefined;

  say(message: Message): void {
    if (this.#say === undefined) {
      this.#waiting.push(message);
    } else {
      this.#say(message);
    }
  }

  ready = (say: Say): void => {
    this.#say = say;
    this.#waiting.splice(0).forEach(say);
  };
}

/** Short messages in a corner, read out by screen readers. */
export function Messages({ children }: { children: ReactNode }) {
  const [speaker] = useState(() => new Speaker());
  const [Toasts, setToasts] = useState<ComponentType<{ onReady: (say: Say) => void }>>();
  const [isWanted, setWanted] = useState(false);

  // Nothing is said before somebody does something. It is not left to the first message: that one may be that the app is out of reach.
  useEffect(() => {
    const want = () => setWanted(true);
    const kinds = ['pointerdown', 'keydown'] as const;
    kinds.forEach((kind) => window.addEventListener(kind, want, { once: true }));
    return () => kinds.forEach((kind) => window.removeEventListener(kind, want));
  }, []);

  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }

    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const load = async () => {
      try {
        const file = await import('./Toasts');
        setToasts(() => file.Toasts);
      } catch {
        timer = isGone ? undefined : setTimeout(() => void load(), Again);
      }
    };

    void load();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [isWanted]);

  const said = useMemo<Said>(() => {
    const say = (message: Message) => {
      speaker.say(message);
      setWanted(true);
    };

    return {
      done: (title, next) => say({ intent: 'success', title, next }),
      failed: (title, error) => say({ intent: 'error', title, body: sentenceOf(error) }),
    };
  }, [speaker]);
  return (
    <MessagesContext value={said}>
      {children}
      {Toasts !== undefined && <Toasts onReady={speaker.ready} />}
    </MessagesContext>
  );
}

/** For who has something to say. */
export function useMessages(): Said {
  const said = use(MessagesContext);
  if (said === undefined) {
    throw new Error('There is no place for messages here.');
  }

  return said;
}

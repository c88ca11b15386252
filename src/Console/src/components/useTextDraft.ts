import { useCallback, useEffect, useRef, useState } from 'react';

/** How long nothing is typed, in milliseconds, until what is there is said. */
const Pause = 300;

/** Hears of a text; `isChosen` when it was not typed. */
type TextListener = (text: string, isChosen: boolean) => void;

/** The text of a box while it is typed. */
interface TextDraft {
  /** What stands in the box. */
  text: string;
  /** Takes what is typed. It is said once typing pauses. */
  type: (text: string) => void;
  /** Says at once what is not said yet. */
  flush: () => void;
  /** Says a text at once, in place of what is typed. */
  choose: (text: string) => void;
}

interface State {
  /** What is typed; undefined while the box shows what is kept. */
  draft: string | undefined;
  /** What was kept when it was last looked at. */
  seen: string;
  /** What was said, and has not come back yet. */
  said: readonly string[];
}

/**
 * A box whose text is kept where it takes a while to come back from, such as the address of the page. What is typed shows at once, and is said when typing
 * pauses. When the kept text changes by anything else, such as the back button, the box follows it.
 */
export function useTextDraft(value: string, onText: TextListener): TextDraft {
  const [state, setState] = useState<State>({ draft: undefined, seen: value, said: [] });
  const { draft, said } = state.seen === value ? state : follow(state, value);
  if (state.seen !== value) {
    setState({ draft, said, seen: value });
  }

  // What is said goes to whoever listens by then.
  const listener = useRef(onText);
  useEffect(() => {
    listener.current = onText;
  });

  const say = useCallback((text: string, isChosen: boolean) => {
    setState((before) => ({ ...before, draft: text, said: text === lastOf(before) ? before.said : [...before.said, text] }));
    listener.current(text, isChosen);
  }, []);

  const isUnsaid = draft !== undefined && draft !== lastOf({ said, seen: value });
  useEffect(() => {
    if (!isUnsaid) {
      return undefined;
    }

    const timer = setTimeout(() => say(draft, false), Pause);
    return () => clearTimeout(timer);
  }, [draft, isUnsaid, say]);

  return {
    text: draft ?? value,
    type: (text) => setState((before) => ({ ...before, draft: text })),
    flush: () => isUnsaid && say(draft, false),
    choose: (text) => say(text, true),
  };
}

const lastOf = ({ said, seen }: Pick<State, 'said' | 'seen'>): string => said.at(-1) ?? seen;

// What comes back of what was said may be behind what is typed by now; anything else is from elsewhere, and counts.
function follow({ draft, said }: State, value: string): Pick<State, 'draft' | 'said'> {
  const at = said.lastIndexOf(value);
  return at < 0 ? { draft: undefined, said: [] } : { draft: draft === value ? undefined : draft, said: said.slice(at + 1) };
}

import { CatchBoundary } from '@tanstack/react-router';
import { createElement, use, type ComponentType } from 'react';
import { loadPart } from './loadPart';
import { useMessages } from './Messages';
import { Problem } from './Problem';

type Load<P> = () => Promise<ComponentType<P>>;

/** A part of a screen that is loaded when it is shown. When that fails, it is told in its place, and can be tried again. */
export function deferred<P extends object>(load: Load<P>): ComponentType<P> {
  const { Part, forget } = partOf(load);
  return function Deferred(props: P) {
    return (
      <CatchBoundary getResetKey={always} errorComponent={Problem} onCatch={forget}>
        <Part {...props} />
      </CatchBoundary>
    );
  };
}

/** A dialog or a menu that is loaded when it is opened. When that fails, a message tells it, and what it was opened from stays; to open it again tries again. */
export function deferredDialog<P extends { onClose: () => void }>(load: Load<P>): ComponentType<P> {
  const { Part, forget } = partOf(load);
  return function DeferredDialog(props: P) {
    const messages = useMessages();
    const fail = (error: unknown) => {
      forget();
      messages.failed('This could not be shown', error);
      props.onClose();
    };

    return (
      <CatchBoundary getResetKey={always} errorComponent={Nothing} onCatch={fail}>
        <Part {...props} />
      </CatchBoundary>
    );
  };
}

const always = () => 0;
const Nothing = () => null;

// React's own `lazy` keeps a failure for ever. Here it is forgotten, but only when it was told: React renders again as soon as it fails, which would ask again.
function partOf<P extends object>(load: Load<P>) {
  let file: Promise<ComponentType<P>> | undefined;
  const ask = () => (file ??= loadPart(load));
  const forget = () => {
    file = undefined;
  };

  function Part(props: P) {
    return createElement(use(ask()), props);
  }

  return { Part, forget };
}

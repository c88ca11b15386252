import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { goBack, wayBack } from './focus';

/**
 * Keeps the focus near a place in which a form comes and goes: when the form has gone, the first button of the place has it;
 * when the place goes with the focus in it, what is around it. `wasEdited` says of a new place that it stands where such a form was.
 */
export function useFocusBack(place: RefObject<HTMLElement | null>, isEditing: boolean, wasEdited = false): void {
  const wasEditing = useRef(isEditing || wasEdited);
  useEffect(() => {
    if (wasEditing.current && !isEditing) {
      place.current?.querySelector('button')?.focus();
    }

    wasEditing.current = isEditing;
  }, [place, isEditing]);

  // A layout effect ends while the place still stands, which is when it can be seen that the focus is in it.
  useLayoutEffect(
    () => () => {
      if (place.current?.contains(document.activeElement) === true) {
        const way = wayBack();
        queueMicrotask(() => goBack(way));
      }
    },
    [place],
  );
}

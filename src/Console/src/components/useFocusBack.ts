import { useEffect, useRef, type RefObject } from 'react';

/** Gives the focus to the first button of a place when a form that stood there instead, and had the focus, has gone. */
export function useFocusBack(place: RefObject<HTMLElement | null>, isEditing: boolean): void {
  const wasEditing = useRef(isEditing);
  useEffect(() => {
    if (wasEditing.current && !isEditing) {
      place.current?.querySelector('button')?.focus();
    }

    wasEditing.current = isEditing;
  }, [place, isEditing]);
}

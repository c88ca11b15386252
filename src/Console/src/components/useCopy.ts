import { copyText } from './copy';
import { useMessages } from './Messages';

/** Copies a text, and says so when that does not work. Tells whether it did. */
export function useCopy(): (text: string) => Promise<boolean> {
  const messages = useMessages();
  return async (text) => {
    try {
      await copyText(text);
      return true;
    } catch (error) {
      messages.failed('It was not copied', error);
      return false;
    }
  };
}

import { useFocusFinders } from '@fluentui/react-components';

/**
 * Keeps what Fluent UI manages the focus with (Tabster) for as long as the page stands. Otherwise it ends with the last component that uses it, and where
 * that is a dialog, what the dialog covered stays hidden from screen readers.
 */
export function useFocusManager(): void {
  useFocusFinders();
}

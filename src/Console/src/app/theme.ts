import { webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';

/** `system` follows the machine's own. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const Name = 'murano.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

/** What was chosen in this browser. */
function themeChoice(): ThemeChoice {
  const kept = localStorage.getItem(Name);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Chooses, and remembers it in this browser. */
export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(Name, choice);
  listeners.forEach((listener) => listener());
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}

const isDark = (): boolean => (themeChoice() === 'system' ? system.matches : themeChoice() === 'dark');

/** The theme that is to be shown. */
export function useTheme(): { theme: Theme; isDark: boolean; choice: ThemeChoice } {
  const dark = useSyncExternalStore(listen, isDark);
  const choice = useSyncExternalStore(listen, themeChoice);
  return { theme: dark ? webDarkTheme : webLightTheme, isDark: dark, choice };
}

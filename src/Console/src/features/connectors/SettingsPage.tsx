import { Outlet } from '@tanstack/react-router';

/** The settings of a connector, in sections. */
export function SettingsPage() {
  return <Outlet />;
}

import { Outlet } from '@tanstack/react-router';

/** A device: what is known of it, and its tabs. */
export function DevicePage() {
  return <Outlet />;
}

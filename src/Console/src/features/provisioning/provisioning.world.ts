import type { Settings } from '../../api/schema';

/** Provisioning as a new connector has it, but for what a test changes. */
export const provisioning = (change: Partial<Settings['provisioning']> = {}): Settings['provisioning'] => ({
  auth_type: 'token',
  enabled: true,
  generate_identity: false,
  presenter_identity: true,
  ip_whitelisting: { enabled: false, allowed: [] },
  ...change,
});

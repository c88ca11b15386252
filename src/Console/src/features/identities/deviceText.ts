import type { Identity } from '../../api/schema';
import { timeText } from '../../format/time';

const Kinds: Record<Identity['auth']['type'], string> = { token: 'Token', password: 'Password', certificate: 'Certificate' };

/** The kind of a device's credential, and whether it has it. */
export const credentialText = ({ auth, status }: Pick<Identity, 'auth' | 'status'>): string =>
  status === 'provisioned' ? Kinds[auth.type] : `${Kinds[auth.type]}, not given yet`;

/** Until when a device may activate. */
export function windowText({ auth, status, reprovision }: Pick<Identity, 'auth' | 'status' | 'reprovision'>, now: number): string {
  if (status === 'provisioned' && !reprovision) {
    return 'It has activated';
  }

  const once = reprovision ? 'Once more, ' : '';
  const text = auth.expire === 0 ? 'no end' : `${auth.expire / 1000 < now ? 'ended' : 'until'} ${timeText(auth.expire)}`;
  return once === '' ? text.charAt(0).toUpperCase() + text.slice(1) : once + text;
}

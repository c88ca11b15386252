import { quote } from '../../api/calls';
import type { Settings } from '../../api/schema';
import { deviceBase } from '../connectors/endpoint';

/** A command line that activates a device and writes a value. */
export function firstWriteCommand(connector: string, { fqdn, resources }: Settings, identity: string): string {
  const base = deviceBase(fqdn);
  const alias = firstAlias(resources);
  const activation = `vendor=${connector}&model=${connector}&sn=${encodeURIComponent(identity)}`;
  return [
    `TOKEN=$(curl -s -d ${quote(activation)} ${base}/provision/activate)`,
    `curl -i -H "X-Exosite-CIK: $TOKEN" -d ${quote(`${encodeURIComponent(alias)}=21.5`)} ${base}/onep:v1/stack/alias`,
  ].join('\n');
}

/** A resource that devices write numbers to. */
export const firstAlias = (resources: Settings['resources']): string =>
  Object.entries(resources).find(([, { format, settable }]) => format === 'number' && !settable)?.[0] ?? 'temperature';

import { quote } from '../../api/calls';
import type { Settings } from '../../api/schema';

/** The device of a command line. */
export interface FirstDevice {
  identity: string;
  /** What it brings with it where devices have passwords. */
  password: string;
}

/** A command line that activates a device at an address and writes a value. */
export function firstWriteCommand(
  base: string,
  connector: string,
  { provisioning, resources }: Pick<Settings, 'provisioning' | 'resources'>,
  { identity, password }: FirstDevice,
): string {
  const form = (fields: Record<string, string>): string =>
    quote(
      Object.entries(fields)
        .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
        .join('&'),
    );
  const activate = `${base}/provision/activate`;
  const write = `-d ${form({ [firstAlias(resources)]: '21.5' })} ${base}/onep:v1/stack/alias`;
  return (
    provisioning.auth_type === 'password'
      ? [
          `curl -i -d ${form({ vendor: connector, id: identity, password })} ${activate}`,
          `curl -i -u ${quote(`${identity}:${password}`)} ${write}`,
        ]
      : [
          `TOKEN=$(curl -s -d ${form({ vendor: connector, model: connector, sn: identity })} ${activate})`,
          `curl -i -H "X-Exosite-CIK: $TOKEN" ${write}`,
        ]
  ).join('\n');
}

/** Why no command line can do it at an address; empty when one can. */
export function whyNoCommand(base: string, { provisioning }: Pick<Settings, 'provisioning'>): string {
  if (!provisioning.enabled) {
    return 'Provisioning is switched off in the settings: no device can activate.';
  } else if (!provisioning.presenter_identity) {
    return 'Only devices that were made here may activate: make one first.';
  } else if (provisioning.auth_type === 'certificate') {
    return 'Devices of this connector show a certificate; the command line for that is in the API reference.';
  }

  return provisioning.auth_type === 'password' && base.startsWith('http:')
    ? 'Devices of this connector have passwords, which are taken over https only: open this page over https for a command line.'
    : '';
}

/** What may refuse the command line, in sentences. */
export function commandNotes(connector: string, { provisioning, fqdn }: Pick<Settings, 'fqdn' | 'provisioning'>): string[] {
  return [
    ...(provisioning.ip_whitelisting.enabled
      ? ['Devices activate from allowed addresses only: from any other, the app refuses this.']
      : []),
    ...(provisioning.auth_type === 'password' && !fqdn.startsWith(`${connector}.`)
      ? ['The connectors here share a host name, under which the app takes a password only while it has one connector.']
      : []),
  ];
}

/** A resource that devices write numbers to. */
export const firstAlias = (resources: Settings['resources']): string =>
  Object.entries(resources).find(([, { format, settable }]) => format === 'number' && !settable)?.[0] ?? 'temperature';

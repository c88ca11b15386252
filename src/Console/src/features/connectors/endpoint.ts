/** Where devices call a connector. */
interface Endpoints {
  /** Host name for https, with a port where one is needed. */
  https: string;
  /** The same for plain http in developer mode; undefined where there is none. */
  http?: string;
}

/**
 * Host names of a connector: the one for https, and the one for plain http in developer mode, which is under a domain of its own.
 */
export function endpointsOf(connector: string, fqdn: string, devmode: boolean, devmodeDomain: string): Endpoints {
  return devmode && devmodeDomain !== '' ? { https: fqdn, http: `${connector}.${devmodeDomain}` } : { https: fqdn };
}

/**
 * What addresses that a device calls begin with, in commands that are shown to be pasted. A page over plain http is one on this machine: the app hears devices
 * there too, and no certificate is needed.
 */
export const deviceBase = (fqdn: string, page: Pick<Location, 'protocol' | 'origin'> = location): string =>
  page.protocol === 'http:' ? page.origin : `https://${fqdn}`;

import type { ConsoleConfig } from '../access/config';

/** Where devices call a connector. */
export interface Endpoints {
  /** Host name for https, with a port where one is needed. */
  https: string;
  /** The same for plain http in developer mode; undefined where there is none. */
  http?: string;
}

/**
 * Host names of a connector. The app tells the one for https; the one for developer mode is under a domain of its own,
 * which by default is that of https with `devmode-` in front.
 */
export function endpointsOf(
  connector: string,
  fqdn: string,
  devmode: boolean,
  config: Pick<ConsoleConfig, 'devmodePort' | 'devmodeDomain'> | undefined,
): Endpoints {
  // Without host names of the connectors' own there is no other name for plain http.
  if (!devmode || !fqdn.startsWith(`${connector}.`)) {
    return { https: fqdn };
  }

  if (config?.devmodeDomain !== undefined && config.devmodeDomain !== '') {
    return { https: fqdn, http: `${connector}.${config.devmodeDomain}` };
  }

  const domain = fqdn.slice(connector.length + 1).replace(/:\d+$/, '');
  const port = config?.devmodePort ?? 0;
  return { https: fqdn, http: `${connector}.devmode-${domain}${port === 0 || port === 80 ? '' : `:${port}`}` };
}

// The token is a variable of the shell, so that nobody pastes a secret.
const Token = '-H "X-Exosite-CIK: $TOKEN"';

/** A command line with which a device fetches a file. */
export const downloadCommand = (base: string): string => `curl ${Token} -O -J '${base}/provision/download?id=firmware.bin'`;

/** A command line with which a device uploads a file of its own. */
export const uploadCommand = (base: string): string =>
  `curl -X PUT ${Token} -H 'Content-Type: text/plain' --data-binary @log.txt '${base}/provision/upload?id=log.txt'`;

import type { Identity } from '../../api/schema';
import { randomText } from '../../format/randomText';

export type CredentialKind = Identity['auth']['type'];

/** Why a text cannot be a credential; empty when it may. What a certificate says, the app looks at itself. */
export function credentialProblem(type: CredentialKind, key: string): string {
  switch (type) {
    case 'token':
      return /^[A-Za-z0-9]{40}$/.test(key) ? '' : 'A token has 40 letters and digits.';
    case 'password':
      return key.length >= 20 && key.length <= 256 ? '' : 'A password has 20 to 256 characters.';
    case 'certificate':
      if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key)) {
        return 'This holds a private key, which the device keeps to itself. Only the certificate belongs here.';
      }

      return key.includes('-----BEGIN CERTIFICATE-----') ? '' : 'A certificate is PEM text, which begins with -----BEGIN CERTIFICATE-----.';
  }
}

/** A token such as the app itself hands out. */
export const randomToken = (): string => randomText('0123456789abcdef', 40);

/** A password that nobody guesses, of the letters of base64url. */
export const randomPassword = (): string => randomText('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', 32);

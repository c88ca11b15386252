// The one certificate of these tests.
import { readFile } from 'node:fs/promises';

/** C=DE, O="Müller, Söhne", OU="Pumps+Valves", CN=Factory CA; until 2126. It is a CA's, and as good as a device's whose identity is `Owner`. */
export const Certificate = (await readFile(new URL('../../../../src/Console/src/features/provisioning/samples/factoryCa.txt', import.meta.url), 'utf8')).trim();

/** The identity that it names. */
export const Owner = 'Factory CA';

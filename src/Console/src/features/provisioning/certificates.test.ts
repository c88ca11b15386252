import { expect, test } from 'vitest';
import { readCertificate, readPem } from './certificates';
import factory from './samples/factoryCa.txt?raw';

// C=DE, O="Müller, Söhne", OU="Pumps+Valves", CN=Factory CA; ends after 2049, so that its two times are written in different forms.
const Factory = factory.trim();

// CN=Old CA, from 2010 to 2015.
const Old = `-----BEGIN CERTIFICATE-----
MIIBQzCB6aADAgECAgEBMAoGCCqGSM49BAMCMBExDzANBgNVBAMMBk9sZCBDQTAe
Fw0xMDAxMDEwMDAwMDBaFw0xNTAxMDEwMDAwMDBaMBExDzANBgNVBAMMBk9sZCBD
QTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMlFvqXbP1PEbUMKM3wLM6obefj8
skm3bgP6xEjmopMGmW36h8z/t9hIykXnhf4TA+13Ow/oPbWUWjhQtoqCH/yjMjAw
MA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFOd+NVfV4WME1iyOgbIlgfegdGZx
MAoGCCqGSM49BAMCA0kAMEYCIQDkHMnOZs7uZCL95HVs57kSNUv0nI0THuzZwyvu
nfHsKgIhANH1u5TfFEBpkzykfK0uGLZ8KnP8/s5wadF3usWkCOTw
-----END CERTIFICATE-----`;

const der = (pem: string) => Uint8Array.from(atob(pem.replaceAll(/-----.*-----|\s/g, '')), (one) => one.charCodeAt(0));

test('subject and times are read', () => {
  const { certificates } = readPem(`Text before it.\n${Factory}\n\n${Old.replaceAll('\n', '\r\n')}`) as {
    certificates: { subject: string; notBefore: number; notAfter: number }[];
  };
  expect(certificates.map(({ subject }) => subject)).toEqual([
    String.raw`CN=Factory CA, OU=Pumps\+Valves, O=Müller\, Söhne, C=DE`,
    'CN=Old CA',
  ]);
  expect(certificates.map(({ notAfter }) => new Date(notAfter).getUTCFullYear())).toEqual([2126, 2015]);
  expect(new Date(certificates[1]?.notBefore ?? 0).toISOString()).toBe('2010-01-01T00:00:00.000Z');
});

test('a private key is not taken, whatever else is there', () => {
  // Put together here: a text that looks like a key belongs nowhere.
  const key = ['-----BEGIN EC PRIVATE', 'KEY-----'].join(' ');
  expect(readPem(`${Factory}\n${key}\n`)).toEqual({ problem: expect.stringContaining('private key') as string });
});

test.each([
  ['nothing', '', 'no certificate'],
  ['something else', 'hello', 'no certificate'],
  ['a request', Factory.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST'), 'no certificate'],
  ['a broken one', Factory.replace('MII', 'MIJ'), 'cannot be read'],
  ['no base64', '-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----', 'cannot be read'],
  ['an empty one', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----', 'cannot be read'],
  ['a long one', 'x'.repeat(12_001), 'at most 12000'],
])('%s is told', (_, text, sentence) => {
  expect(readPem(text)).toEqual({ problem: expect.stringContaining(sentence) as string });
});

test('what ends early, or says it is longer, is refused and never read beyond its end', () => {
  const whole = der(Old);
  for (let length = 0; length < whole.length; length++) {
    expect(() => readCertificate(whole.slice(0, length))).toThrow(RangeError);
  }

  for (let at = 0; at < 120; at++) {
    const changed = Uint8Array.from(whole);
    changed[at] = 0xff;
    try {
      readCertificate(changed);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
  }
});

import { describe, expect, it } from 'vitest';
import type { IdentityFormat } from '../../connectors/identityFormat';
import { simulatedIdentity } from './identity';

const format = (type: string, length = 0, casing: IdentityFormat['options']['casing'] = 'mixed', prefix = ''): IdentityFormat => ({
  type,
  prefix,
  options: { casing, length },
});

describe('an identity of a simulated device is of the connector’s format', () => {
  it.each<[IdentityFormat, RegExp]>([
    [format('opaque'), /^sim-[0-9a-f]{8}$/],
    [format('opaque', 20), /^sim-[0-9a-f]{16}$/],
    [format('opaque', 3), /^[0-9a-f]{3}$/],
    [format('opaque', 0, 'upper', 'AB-'), /^AB-SIM-[0-9A-F]{8}$/],
    [format('base10'), /^\d{12}$/],
    [format('base10', 5.9), /^\d{5}$/],
    [format('base10', 0.5), /^\d{12}$/],
    [format('base10', 8, 'mixed', 'sn'), /^sn\d{8}$/],
    [format('base16', 6), /^[0-9a-f]{6}$/],
    [format('base16', 6, 'upper'), /^[0-9A-F]{6}$/],
    [format('base16', 6, 'lower'), /^[0-9a-f]{6}$/],
    [format('uuid'), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/],
    [format('uuid', 36, 'upper'), /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-8[0-9A-F]{3}-[0-9A-F]{12}$/],
    [format('UUID:v4'), /^[0-9a-f-]{36}$/],
    [format('uuidv4'), /^[0-9a-f-]{36}$/],
    [format('mac:48'), /^[0-9a-f]{12}$/],
    [format('mac:48', 12), /^[0-9a-f]{12}$/],
    [format('mac:48', 17, 'upper'), /^([0-9A-F]{2}:){5}[0-9A-F]{2}$/],
    [format('mac:48:'), /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/],
    [format('mac:48::'), /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/],
    [format('mac:48:colon'), /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/],
    [format('mac:48-'), /^([0-9a-f]{2}-){5}[0-9a-f]{2}$/],
    [format('mac:48:dash', 17), /^([0-9a-f]{2}-){5}[0-9a-f]{2}$/],
    [format('mac:48:hyphen'), /^([0-9a-f]{2}-){5}[0-9a-f]{2}$/],
    [format('mac:48:plain', 0, 'upper', '00'), /^00[0-9A-F]{12}$/],
    [format('MAC:48:none'), /^[0-9a-f]{12}$/],
  ])('%j', (one, shape) => expect(simulatedIdentity(one)).toMatch(shape));
});

it.each([
  format('uuid', 12),
  format('mac:48', 5),
  format('mac:48:plain', 17),
  format('mac:48:colon', 12),
  format('mac:48:slash'),
  format('imei'),
])('a format that lets nothing in gets none: %j', (one) => expect(simulatedIdentity(one)).toBeUndefined());

it('two are not the same', () => expect(simulatedIdentity(format('opaque'))).not.toBe(simulatedIdentity(format('opaque'))));

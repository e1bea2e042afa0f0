import { KMSInvalidMacException, type MacAlgorithmSpec } from '@aws-sdk/client-kms';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { refuse } from '../../refuse';
import { checkEnabled, checkUsage, wrongLength, endDryRun, incompatible } from './errors';
import { findKey } from './find-key';
import { specs } from './specs';
import type { Key, KmsCall, KmsHandlers } from './state';

/** Codes that only the holder of an HMAC key can make. */
export const macs = {
  GenerateMac(input, call) {
    const { key, mac } = macOf(input, 'GenerateMac', call);
    endDryRun(input);
    return { Mac: mac, MacAlgorithm: input.MacAlgorithm, KeyId: key.arn };
  },

  VerifyMac({ Mac: given = new Uint8Array(), ...input }, call) {
    const { key, mac } = macOf(input, 'VerifyMac', call);
    if (given.length !== mac.length || !timingSafeEqual(given, mac))
      throw refuse(KMSInvalidMacException, '');
    endDryRun(input);
    return { KeyId: key.arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
  },
} satisfies KmsHandlers;

interface Input {
  KeyId: string | undefined;
  Message: Uint8Array | undefined;
  MacAlgorithm: MacAlgorithmSpec | undefined;
}

function macOf(input: Input, operation: string, call: KmsCall) {
  const usable = checkEnabled(findKey(input.KeyId, call));
  const key = checkUsage(usable, 'GENERATE_VERIFY_MAC', operation);
  const { MacAlgorithm: algorithm, Message: message = new Uint8Array() } = input;
  if (algorithm === undefined || !specs[key.spec]?.macs?.includes(algorithm))
    throw incompatible(algorithm, key);
  if (message.length > 4096) throw wrongLength('message', 'less than or equal to 4096');
  return { key, mac: codeOf(message, key, algorithm) };
}

function codeOf(message: Uint8Array, { materials }: Key, algorithm: MacAlgorithmSpec): Uint8Array {
  const hmac = createHmac(`sha${algorithm.slice(-3)}`, materials[0]?.secret ?? new Uint8Array());
  return new Uint8Array(hmac.update(message).digest());
}

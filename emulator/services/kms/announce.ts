import type { Key, KmsCall } from './state';

/** Tells the feed that a key changed. */
export const announce = (kind: 'CREATE' | 'UPDATE' | 'DELETE', { id }: Key, call: KmsCall): void =>
  call.announce({ kind, type: 'AWS::KMS::Key', id });

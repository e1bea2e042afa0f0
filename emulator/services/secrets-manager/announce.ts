import type { Secret, SecretsCall } from './state';

/** Tells the feed that a secret changed; CloudFormation and Config know it by its ARN. */
export const announce = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  { arn }: Secret,
  call: SecretsCall,
): void => call.announce({ kind, type: 'AWS::SecretsManager::Secret', id: arn });

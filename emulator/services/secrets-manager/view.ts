import type { Resource } from '../../changes/resource';
import type { SecretsCall } from './state';

/** Secrets without their values; one that waits for its deletion is gone for stacks. */
export const view = (call: SecretsCall): Resource[] =>
  [...call.state.secrets.values()]
    .filter(({ deletedAt }) => !deletedAt)
    .map((secret) => ({
      arn: secret.arn,
      type: 'AWS::SecretsManager::Secret',
      id: secret.arn,
      name: secret.name,
      tags: secret.tags,
      configuration: {
        Name: secret.name,
        ...(secret.description === undefined ? {} : { Description: secret.description }),
        ...(secret.kmsKeyId === undefined ? {} : { KmsKeyId: secret.kmsKeyId }),
      },
      createdAt: secret.createdAt,
    }));

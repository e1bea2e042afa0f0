import type { RotationRulesType, SecretsManager } from '@aws-sdk/client-secrets-manager';
import { boolean, ignoring, number, object, required, text } from '../../cloudformation/properties';
import type { Properties, ProviderContext, ResourceProvider } from '../../cloudformation/provider';

const secretsOf = (context: ProviderContext): SecretsManager =>
  context.client<SecretsManager>('secrets-manager');

function rulesOf(properties: Properties): RotationRulesType | undefined {
  const rules = object(properties, 'RotationRules');
  return (
    rules && {
      AutomaticallyAfterDays: number(rules, 'AutomaticallyAfterDays'),
      Duration: text(rules, 'Duration'),
      ScheduleExpression: text(rules, 'ScheduleExpression'),
    }
  );
}

async function put(properties: Properties, context: ProviderContext) {
  const { ARN: arn = '' } = await secretsOf(context).rotateSecret({
    SecretId: required(properties, 'SecretId'),
    RotationLambdaARN: text(properties, 'RotationLambdaARN'),
    RotationRules: rulesOf(properties),
    RotateImmediately: boolean(properties, 'RotateImmediatelyOnUpdate'),
  });
  return { physicalId: arn, attributes: { Id: arn } };
}

/** When and by which function a secret is rotated; functions that AWS would make are not emulated. */
export const rotationSchedule: ResourceProvider = {
  properties: [
    'RotateImmediatelyOnUpdate',
    'RotationLambdaARN',
    'RotationRules.AutomaticallyAfterDays',
    'RotationRules.Duration',
    'RotationRules.ScheduleExpression',
    'SecretId',
  ],
  writeOnly: ['RotateImmediatelyOnUpdate'],
  create: put,
  update: (_arn, { properties }, context) => put(properties, context),

  delete: (arn, _properties, context) =>
    ignoring(
      ['ResourceNotFoundException', 'InvalidRequestException'],
      secretsOf(context).cancelRotateSecret({ SecretId: arn }),
    ),

  async read(arn, { SecretId }, context) {
    try {
      const found = await secretsOf(context).describeSecret({ SecretId: arn });
      if (!found.RotationEnabled) return undefined;
      const rules = Object.entries(found.RotationRules ?? {});
      return {
        SecretId,
        RotationLambdaARN: found.RotationLambdaARN,
        RotationRules: Object.fromEntries(rules.filter(([, value]) => value !== undefined)),
      };
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  },
};

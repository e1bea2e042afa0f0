import { CloudFormation, type CreateStackInput, type Output } from '@aws-sdk/client-cloudformation';
import { emulated } from './emulated';

/** A resource that stands for nothing outside its stack. */
export const handle = { Type: 'AWS::CloudFormation::WaitConditionHandle' };

export type Options = Partial<CreateStackInput>;

/** The template with something to deploy, as the API takes it. */
export const bodyOf = (template: object): string =>
  JSON.stringify({ Resources: { Handle: handle }, ...template });

/** Deploys a template and answers its outputs by key. */
export async function outputsOf(
  template: object,
  options: Options = {},
  cfn = emulated().client(CloudFormation),
): Promise<Record<string, string>> {
  await cfn.createStack({ StackName: 'values', TemplateBody: bodyOf(template), ...options });
  const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName: 'values' });
  const outputs: Output[] = stack?.Outputs ?? [];
  return Object.fromEntries(
    outputs.map(({ OutputKey: key = '', OutputValue: value = '' }) => [key, value]),
  );
}

/** What one value of a template comes to. */
export const valueOf = async (value: unknown, template: object = {}, options: Options = {}) =>
  (await outputsOf({ ...template, Outputs: { Out: { Value: value } } }, options))['Out'];

/** Why the stack went back, and that it did. */
export async function rollbackOf(
  template: object,
  options: Options = {},
  cfn = emulated().client(CloudFormation),
) {
  await cfn.createStack({ StackName: 'values', TemplateBody: bodyOf(template), ...options });
  const { StackEvents: events = [] } = await cfn.describeStackEvents({ StackName: 'values' });
  const reason = events.find(({ ResourceStatus: status }) => status === 'ROLLBACK_IN_PROGRESS');
  return { status: events[0]?.ResourceStatus, reason: reason?.ResourceStatusReason };
}

import type { IAM } from '@aws-sdk/client-iam';
import { parseArn } from '../../arn';
import { rootOf } from '../../principal';
import { invalid } from './errors';
import type { LambdaCall, Settings } from './state';
import { table } from '../../table';

const actions: Record<string, { action: string; call: string; service: string }> = table({
  sqs: { action: 'sqs:SendMessage', call: 'SendMessage', service: 'SQS' },
  sns: { action: 'sns:Publish', call: 'Publish', service: 'SNS' },
  lambda: { action: 'lambda:InvokeFunction', call: 'InvokeFunction', service: 'Lambda' },
  events: { action: 'events:PutEvents', call: 'PutEvents', service: 'EventBridge' },
});

/** A dead-letter queue that the execution role may not write to is refused when it is set. */
export async function checkDeadLetters(role: string, arn: string, call: LambdaCall): Promise<void> {
  const asked = await missing(role, arn, call);
  if (asked)
    throw invalid(
      `The provided execution role does not have permissions to call ${asked.call} on ${asked.service}`,
    );
}

/** The same for a destination. */
export async function checkDestination(role: string, arn: string, call: LambdaCall): Promise<void> {
  const asked = await missing(role, arn, call);
  if (asked)
    throw invalid(
      `The function's execution role does not have permissions to call ${asked.call} on ${arn}`,
    );
}

/** Lambda puts network interfaces into a VPC as the execution role. */
export async function checkNetwork({ role, subnetIds }: Settings, call: LambdaCall): Promise<void> {
  if (subnetIds.length > 0 && !(await may(role, ['ec2:CreateNetworkInterface', '*'], call)))
    throw invalid(
      'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    );
}

async function missing(role: string, arn: string, call: LambdaCall) {
  const asked = actions[parseArn(arn)?.service ?? ''];
  if (arn === '' || !asked) return undefined;
  return (await may(role, [asked.action, arn], call)) ? undefined : asked;
}

async function may(
  role: string,
  [action, resource]: [string, string],
  call: LambdaCall,
): Promise<boolean> {
  const iam = call.client<IAM>('iam', { principal: rootOf(call.accountId) });
  const { EvaluationResults: [result] = [] } = await iam.simulatePrincipalPolicy({
    PolicySourceArn: role,
    ActionNames: [action],
    ResourceArns: [resource],
  });
  return result?.EvalDecision === 'allowed';
}

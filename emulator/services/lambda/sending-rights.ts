import type { IAM } from '@aws-sdk/client-iam';
import { parseArn } from '../../arn';
import { rootOf } from '../../principal';
import { invalid } from './errors';
import type { LambdaCall } from './state';

const actions: Record<string, { action: string; call: string; service: string }> = {
  sqs: { action: 'sqs:SendMessage', call: 'SendMessage', service: 'SQS' },
  sns: { action: 'sns:Publish', call: 'Publish', service: 'SNS' },
  lambda: { action: 'lambda:InvokeFunction', call: 'InvokeFunction', service: 'Lambda' },
  events: { action: 'events:PutEvents', call: 'PutEvents', service: 'EventBridge' },
};

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

async function missing(role: string, arn: string, call: LambdaCall) {
  const asked = actions[parseArn(arn)?.service ?? ''];
  if (arn === '' || !asked) return undefined;
  const iam = call.client<IAM>('iam', { principal: rootOf(call.accountId) });
  const { EvaluationResults: [result] = [] } = await iam.simulatePrincipalPolicy({
    PolicySourceArn: role,
    ActionNames: [asked.action],
    ResourceArns: [arn],
  });
  return result?.EvalDecision === 'allowed' ? undefined : asked;
}

import type { SQS } from '@aws-sdk/client-sqs';
import { parseArn } from '../../../arn';
import type { Caller } from '../../../principal';
import { queueUrlAt } from '../../../queue-address';
import { invalid } from '../errors';
import { sessionNameOf } from '../role';
import type { LambdaCall } from '../state';

/** A queue as the function's role reaches it. */
export interface Source {
  sqs: SQS;
  QueueUrl: string;
}

/** The queue of a mapping, through the function's execution role. */
export async function openSource(
  sourceArn: string,
  { role, functionName }: { role: string; functionName: string },
  call: LambdaCall,
): Promise<Source> {
  const session = sessionNameOf(functionName);
  const caller: Caller = await call.assume(role, 'lambda.amazonaws.com', session);
  const { accountId = '', resource: name = '', region = call.region } = parseArn(sourceArn) ?? {};
  return {
    sqs: call.client<SQS>('sqs', { ...caller, region }),
    QueueUrl: queueUrlAt(call.endpoint, { accountId, name }),
  };
}

/**
 * Refuses a queue that is not there, that the role may not read and delete from, or that shows a
 * message again before the function must have ended (FACTS C3.2).
 */
export async function checkSource({ sqs, QueueUrl }: Source, timeout: number): Promise<void> {
  // What is asked for makes no sense, so that nothing is received or deleted where it is allowed.
  await probe('ReceiveMessage', sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 0 }));
  await probe('DeleteMessage', sqs.deleteMessage({ QueueUrl, ReceiptHandle: 'probe' }));
  const asked = sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['VisibilityTimeout'] });
  const answer = await probe('GetQueueAttributes', asked);
  const visibility = Number(answer?.Attributes?.['VisibilityTimeout'] ?? 0);
  if (visibility < timeout)
    throw invalid(
      `Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${timeout} seconds`,
    );
}

async function probe<T>(action: string, asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name.startsWith('AccessDenied'))
      throw invalid(
        `The function execution role does not have permissions to call ${action} on SQS`,
      );
    if (error.name === 'QueueDoesNotExist')
      throw invalid(
        `Error occurred while ${action}. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: ${error.message}`,
      );
    if (!/^(InvalidParameterValue|ReceiptHandleIsInvalid)/.test(error.name)) throw error;
    return undefined;
  }
}

import type { Lambda } from '@aws-sdk/client-lambda';
import { parseArn } from '../arn';
import type { Target } from './target';

/** Invoked asynchronously: Lambda itself retries what the function throws. */
export const lambdaFunction: Target = {
  service: 'lambda',
  async send({ arn, input }, caller, call) {
    const { region = call.region } = parseArn(arn) ?? {};
    await call.client<Lambda>('lambda', { ...caller, region }).invoke({
      FunctionName: arn,
      InvocationType: 'Event',
      Payload: Buffer.from(input),
    });
  },
};

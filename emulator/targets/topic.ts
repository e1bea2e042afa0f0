import type { SNS } from '@aws-sdk/client-sns';
import { parseArn } from '../arn';
import type { Target } from './target';

export const topic: Target = {
  service: 'sns',
  async send({ arn, input }, caller, call) {
    const { region = call.region } = parseArn(arn) ?? {};
    await call.client<SNS>('sns', { ...caller, region }).publish({ TopicArn: arn, Message: input });
  },
};

import type { SNS } from '@aws-sdk/client-sns';
import { parseArn } from '../../../arn';
import type { TargetKind } from './kind';

export const topic: TargetKind = {
  async send(input, { target, caller, call }) {
    const { region = call.region } = parseArn(target.Arn ?? '') ?? {};
    const sns = call.client<SNS>('sns', { ...caller, region });
    await sns.publish({ TopicArn: target.Arn, Message: input });
  },
};

import type { Target } from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../../arn';
import type { TargetKind } from './kind';
import { queue } from './queue';
import { topic } from './topic';

/** What a rule can hand events to, by the service in the target's ARN. */
const kinds: Record<string, TargetKind> = { sqs: queue, sns: topic };

export const kindOf = ({ Arn = '' }: Target): TargetKind | undefined =>
  kinds[parseArn(Arn)?.service ?? ''];

export const kindNames = Object.keys(kinds);

import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { createHash } from 'node:crypto';
import { parseArn } from '../../../arn';
import { parseObject } from '../../../json';
import { invalid } from '../errors';
import { type Delivery, hasOwnInput, type TargetKind } from './kind';

/** A log group, whose resource policy must let EventBridge create streams and put events. */
export const logGroup: TargetKind = {
  service: 'cloudwatch-logs',
  // AWS refuses these; the texts are not verified.
  check({ Id: id, RoleArn: role, Input: input, InputPath: path }) {
    if (role !== undefined) return invalid(`RoleArn is not supported for target ${id}.`);
    if (input !== undefined || path !== undefined)
      return invalid(`Only InputTransformer is supported for target ${id}.`);
    return undefined;
  },
  async send(delivery, caller, call) {
    const { region = call.region, resource = '' } = parseArn(delivery.target.Arn ?? '') ?? {};
    const logs = call.client<CloudWatchLogs>('cloudwatch-logs', { ...caller, region });
    const stream = {
      logGroupName: resource.replace(/^log-group:/, '').replace(/:\*$/, ''),
      logStreamName: streamOf(delivery.rule.arn),
    };
    await logs.createLogStream(stream).catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'ResourceAlreadyExistsException')) throw error;
    });
    await logs.putLogEvents({ ...stream, logEvents: [lineOf(delivery)] });
  },
};

/** AWS's streams are called by name-based UUIDs; here there is one for each rule. */
function streamOf(ruleArn: string): string {
  const digits = createHash('md5').update(ruleArn).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-3${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** A transformer writes `{"timestamp": …, "message": …}`; without one the event is the message. */
function lineOf({ target, input, event }: Delivery): { timestamp: number; message: string } {
  const own = hasOwnInput(target) ? parseObject(input) : undefined;
  const message = own?.['message'] ?? input;
  return {
    timestamp: timeIn(own?.['timestamp']) ?? Date.parse(event.time),
    message: typeof message === 'string' ? message : JSON.stringify(message),
  };
}

function timeIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

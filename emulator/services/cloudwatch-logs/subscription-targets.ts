import type { PutSubscriptionFilterRequest } from '@aws-sdk/client-cloudwatch-logs';
import { parseArn } from '../../arn';
import { awsError } from '../../errors';
import type { Caller } from '../../principal';
import { constraint, invalid } from './errors';
import { groupArn } from './find';
import type { Group, LogsCall, SubscriptionFilter } from './state';
import { table } from '../../table';

export interface Delivery {
  /** Gzipped JSON. */
  body: Uint8Array;
  group: Group;
  filter: SubscriptionFilter;
  /** Partition key of a stream's record. */
  key: string;
}

export interface Target {
  /** As AWS names it in its control message. */
  kind: string;
  send(delivery: Delivery, call: LogsCall): Promise<void>;
}

/** What of other services' clients is used; their packages need not be there. */
interface LambdaClient {
  invoke(input: object): Promise<unknown>;
}
interface KinesisClient {
  putRecord(input: object): Promise<unknown>;
}
interface FirehoseClient {
  putRecord(input: object): Promise<unknown>;
}

const lambda: Target = {
  kind: 'Lambda function',
  async send({ body, group, filter }, call) {
    const data = Buffer.from(body).toString('base64');
    const input = {
      FunctionName: filter.destinationArn,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify({ awslogs: { data } })),
    };
    const sourceArn = `${groupArn(group.name, call)}:*`;
    const invokeAs = (name: string) =>
      clientOf<LambdaClient>('lambda', call.asService(name, sourceArn), call).invoke(input);
    try {
      await invokeAs('logs.amazonaws.com');
    } catch (error) {
      // Function policies may name the Region's own principal.
      if (!(error instanceof Error && error.name === 'AccessDeniedException')) throw error;
      await invokeAs(`logs.${call.region}.amazonaws.com`);
    }
  },
};

const kinesis: Target = {
  kind: 'Kinesis stream',
  async send({ body, filter, key }, call) {
    checkIsEmulated('kinesis', call);
    const caller = await roleOf(filter, call);
    await clientOf<KinesisClient>('kinesis', caller, call).putRecord({
      StreamName: nameIn(filter.destinationArn),
      PartitionKey: filter.distribution === 'Random' ? call.random.hex(32) : key,
      Data: body,
    });
  },
};

const firehose: Target = {
  kind: 'Firehose',
  async send({ body, filter }, call) {
    checkIsEmulated('firehose', call);
    const caller = await roleOf(filter, call);
    await clientOf<FirehoseClient>('firehose', caller, call).putRecord({
      DeliveryStreamName: nameIn(filter.destinationArn),
      Record: { Data: body },
    });
  },
};

/** A destination of this service stands for its target, with its own role. */
const destination: Target = {
  kind: 'destination',
  async send({ filter, ...delivery }, call) {
    const { accountId = '', region = '' } = parseArn(filter.destinationArn) ?? {};
    const found = call.stateOf(accountId, region).destinations.get(nameIn(filter.destinationArn));
    if (!found)
      throw invalid(
        'Could not deliver test message to specified destination. Check if the destination is valid.',
      );
    const { targetArn: destinationArn, roleArn } = found;
    await targetOf(destinationArn).send(
      { ...delivery, filter: { ...filter, destinationArn, roleArn } },
      call,
    );
  },
};

const targets: Record<string, Target> = table({ lambda, kinesis, firehose, logs: destination });

/** The kind of destination that an ARN names. */
export function targetOf(arn: string): Target {
  const { service = '' } = parseArn(arn) ?? {};
  const target = targets[service];
  if (target) return target;
  throw invalid(
    `PutSubscriptionFilter operation cannot work with destinationArn for vendor ${service}`,
  );
}

/** Refuses a destination that AWS would not even look for. */
export function checkDestination(
  { destinationArn = '', roleArn }: PutSubscriptionFilterRequest,
  { accountId }: LogsCall,
): void {
  const arn = parseArn(destinationArn);
  if (!arn) throw constraint(destinationArn, 'destinationArn', 'be an ARN'); // text unverified
  targetOf(destinationArn);
  if (arn.service === 'lambda' && arn.accountId !== accountId)
    throw awsError(
      'AccessDeniedException',
      'Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.',
    );
  checkRole(arn.service, roleArn);
}

/** Functions say in their own policy who may call them; streams are written to by a role. */
function checkRole(vendor: string, roleArn: string | undefined): void {
  if (vendor === 'lambda' && roleArn !== undefined)
    throw invalid('destinationArn for vendor lambda cannot be used with roleArn');
  if (/^(?:kinesis|firehose)$/.test(vendor) && roleArn === undefined)
    throw invalid(`destinationArn for vendor ${vendor} cannot be used without roleArn`);
}

/** The name behind the kind in an ARN's resource: `stream/x`, `destination:x`. */
const nameIn = (arn: string): string => (parseArn(arn)?.resource ?? '').replace(/^[^:/]*[:/]/, '');

async function roleOf({ roleArn }: SubscriptionFilter, call: LogsCall): Promise<Caller> {
  if (roleArn === undefined)
    // The text was not verified.
    throw invalid('roleArn is required for this kind of destination.');
  return call.assume(roleArn, 'logs.amazonaws.com');
}

/** Before a role is looked at: without the service there is nothing to deliver to. */
const checkIsEmulated = (service: string, call: LogsCall): unknown =>
  clientOf(service, call.asService('logs.amazonaws.com'), call);

/** A client of a service that may not be emulated, which is refused by name. */
function clientOf<C>(service: string, caller: Caller, call: LogsCall): C {
  try {
    return call.client<C>(service, caller);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('no service folder'))) throw error;
    throw invalid(`destinations of ${service} are not emulated`);
  }
}

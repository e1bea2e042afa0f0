import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { S3 } from '@aws-sdk/client-s3';
import { gzipSync } from 'node:zlib';
import type { Recorded } from '../../history/recorded';
import { isRead } from '../../operation-names';
import { trailsHere } from './find';
import { toRecord } from './record-of';
import { isSelected } from './selectors';
import type { CloudTrailCall, Delivery, Trail } from './state';

export const service = 'cloudtrail.amazonaws.com';

/** AWS delivers "about every 5 minutes". */
const every = 5 * 60_000;

/** What CloudTrail does to deliver must not lead to the next delivery, or there would be no end. */
const isOwn = ({ principal }: Recorded) =>
  principal.type === 'service' && principal.service === service;

const isGlobal = ({ service: name }: Recorded) => /^(iam|organizations)$/.test(name);

const isFor = (trail: Trail, recorded: Recorded): boolean =>
  trail.isLogging &&
  (trail.includesGlobal || !isGlobal(recorded)) &&
  isSelected(trail.selectors, recorded);

/**
 * A call that a logging trail selects: it goes to the default bus at once when it changed something
 * (EventBridge has such events only where a trail logs), and to bucket and log group in a while.
 */
export function onCall(recorded: Recorded, call: CloudTrailCall): void {
  if (isOwn(recorded)) return;
  const trails = trailsHere(call).filter((trail) => isFor(trail, recorded));
  if (trails.length > 0 && !isRead(recorded.operation))
    call.emit({
      source: `aws.${recorded.signingName}`,
      detailType: 'AWS API Call via CloudTrail',
      detail: toRecord(recorded),
    });
  for (const trail of trails) schedule(trail, recorded, call);
}

function schedule({ arn }: Trail, { requestId }: Recorded, call: CloudTrailCall): void {
  if (call.state.undelivered.has(arn)) return;
  call.state.undelivered.set(arn, requestId);
  const at = new Date(call.now().getTime() + every);
  call.timers.set({ name: 'deliver', id: `deliver/${arn}`, at, payload: { arn } });
}

/** Delivers what has happened in this Region since the first undelivered event. */
export async function deliver({ arn }: { arn: string }, call: CloudTrailCall): Promise<void> {
  const first = call.state.undelivered.get(arn);
  call.state.undelivered.delete(arn);
  const trail = trailsHere(call).find((each) => each.arn === arn);
  if (!trail || first === undefined) return;
  const records = eventsSince(first, trail, call).map(toRecord);
  if (records.length === 0) return;
  trail.toBucket = await attempt(trail.toBucket, call, () => putFile(records, trail, call));
  if (trail.logGroupArn === undefined) return;
  trail.toLogs = await attempt(trail.toLogs, call, () => putEvents(records, trail, call));
}

/** Oldest first, from the request on. */
function eventsSince(first: string, trail: Trail, call: CloudTrailCall): Recorded[] {
  const found: Recorded[] = [];
  for (const recorded of call.history()) {
    if (isFor(trail, recorded)) found.push(recorded);
    if (recorded.requestId === first) break;
  }
  return found.toReversed();
}

async function attempt(
  before: Delivery,
  call: CloudTrailCall,
  task: () => Promise<void>,
): Promise<Delivery> {
  const attemptedAt = call.now();
  try {
    await task();
    return { attemptedAt, succeededAt: attemptedAt };
  } catch (error) {
    return { ...before, attemptedAt, error: (error as Error).name };
  }
}

type Records = ReturnType<typeof toRecord>[];

async function putFile(records: Records, trail: Trail, call: CloudTrailCall): Promise<void> {
  const { accountId, region } = call;
  const now = call.now().toISOString();
  const [day = '', time = ''] = now.split('T');
  const stamp = `${day.replaceAll('-', '')}T${time.slice(0, 5).replace(':', '')}Z`;
  const folder = `${trail.prefix ? `${trail.prefix}/` : ''}AWSLogs/${accountId}/CloudTrail/${region}`;
  const name = `${accountId}_CloudTrail_${region}_${stamp}_${call.random.upper(16)}.json.gz`;
  await call.client<S3>('s3', call.asService(service, trail.arn)).putObject({
    Bucket: trail.bucket,
    Key: `${folder}/${day.replaceAll('-', '/')}/${name}`,
    Body: gzipSync(JSON.stringify({ Records: records })),
    ContentType: 'application/json',
    ContentEncoding: 'gzip',
  });
}

/** The stream that one account and Region write to. */
const streamOf = ({ accountId, region }: CloudTrailCall) => `${accountId}_CloudTrail_${region}`;

const groupOf = ({ logGroupArn = '' }: Trail) => logGroupArn.split(':')[6] ?? '';

async function logsOf(trail: Trail, call: CloudTrailCall): Promise<CloudWatchLogs> {
  const role = await call.assume(trail.logRoleArn ?? '', service);
  const region = trail.logGroupArn?.split(':')[3] ?? call.region;
  return call.client<CloudWatchLogs>('cloudwatch-logs', { ...role, region });
}

/** Makes the stream; an error of the role or the group comes through. */
export async function prepareStream(trail: Trail, call: CloudTrailCall): Promise<void> {
  const logs = await logsOf(trail, call);
  const place = { logGroupName: groupOf(trail), logStreamName: streamOf(call) };
  await logs.createLogStream(place).catch((error: Error) => {
    if (error.name !== 'ResourceAlreadyExistsException') throw error;
  });
}

async function putEvents(records: Records, trail: Trail, call: CloudTrailCall): Promise<void> {
  await prepareStream(trail, call);
  const logs = await logsOf(trail, call);
  const logEvents = records.map((record) => ({
    timestamp: Date.parse(record.eventTime),
    message: JSON.stringify(record),
  }));
  await logs.putLogEvents({
    logGroupName: groupOf(trail),
    logStreamName: streamOf(call),
    logEvents,
  });
}

import { parseArn } from '../../../arn';
import { paginate } from '../../../paginate';
import { conflict, invalid, noSuchResource } from '../errors';
import { arnOf, findFunction, findVersion, type Found } from '../find-function';
import type { LambdaCall, LambdaHandlers } from '../state';
import type { Mapping } from './mapping';
import { pump } from './pump';
import { changedSettings, defaults } from './settings';
import { shown } from './shown';
import { checkSource, openSource } from './source';
import { table } from '../../../table';

export const mappings = {
  async CreateEventSourceMapping(input, call) {
    const { EventSourceArn: sourceArn = '', FunctionName, Enabled = true } = input;
    checkKind(sourceArn, call);
    const found = findFunction({ FunctionName }, call, noFunction);
    const settings = changedSettings(defaults, input, { sourceArn });
    checkSingle(found, sourceArn, call);
    await checkQueue(found, sourceArn, call);
    const mapping: Mapping = {
      ...settings,
      id: call.random.uuid(),
      functionArn: arnOf(found.reference),
      sourceArn,
      state: Enabled ? 'Creating' : 'Disabled',
      modifiedAt: call.now(),
      tags: { ...input.Tags },
      throttles: 0,
    };
    call.state.mappings.set(mapping.id, mapping);
    listenAt(sourceArn, call);
    announce('CREATE', mapping, call);
    return shownThen(mapping, call);
  },

  GetEventSourceMapping({ UUID }, call) {
    return shown(findMapping(UUID, call), call);
  },

  ListEventSourceMappings({ EventSourceArn, FunctionName, Marker, MaxItems = 100 }, call) {
    const arn =
      FunctionName === undefined
        ? undefined
        : arnOf(findFunction({ FunctionName }, call).reference);
    const all = [...call.state.mappings.values()].filter(
      ({ sourceArn, functionArn }) =>
        (EventSourceArn === undefined || sourceArn === EventSourceArn) &&
        (arn === undefined || functionArn === arn),
    );
    const { page, next } = paginate(all, Marker, Math.min(MaxItems, 100));
    return {
      EventSourceMappings: page.map((mapping) => shown(mapping, call)),
      ...(next === undefined ? {} : { NextMarker: next }),
    };
  },

  async UpdateEventSourceMapping(input, call) {
    const mapping = findMapping(input.UUID, call);
    const FunctionName = input.FunctionName ?? mapping.functionArn;
    const found = findFunction({ FunctionName }, call);
    const settings = changedSettings(mapping, input, mapping);
    await checkQueue(found, mapping.sourceArn, call);
    const wasEnabled = mapping.state !== 'Disabled';
    Object.assign(mapping, settings, {
      functionArn: arnOf(found.reference),
      modifiedAt: call.now(),
      state: nextState(wasEnabled, input.Enabled ?? wasEnabled),
    });
    announce('UPDATE', mapping, call);
    return shownThen(mapping, call);
  },

  DeleteEventSourceMapping({ UUID }, call) {
    const mapping = findMapping(UUID, call);
    mapping.state = 'Deleting';
    const answer = shown(mapping, call);
    call.state.mappings.delete(mapping.id);
    call.timers.cancel(mapping.id);
    announce('DELETE', mapping, call);
    return answer;
  },
} satisfies LambdaHandlers;

/** Here AWS finds fault with the parameter. */
const noFunction = (): Error => invalid('Function does not exist');

function findMapping(id: string | undefined, call: LambdaCall): Mapping {
  const mapping = call.state.mappings.get(id ?? '');
  if (!mapping) throw noSuchResource();
  return mapping;
}

const announce = (kind: 'CREATE' | 'UPDATE' | 'DELETE', { id }: Mapping, call: LambdaCall): void =>
  call.announce({ kind, type: 'AWS::Lambda::EventSourceMapping', id });

function nextState(was: boolean, will: boolean): Mapping['state'] {
  if (was === will) return will ? 'Updating' : 'Disabled';
  return will ? 'Enabling' : 'Disabling';
}

/** AWS takes a moment; here the mapping settles right after the answer, and begins to fetch. */
function shownThen(mapping: Mapping, call: LambdaCall) {
  const answer = shown(mapping, call);
  call.background(async () => {
    if (mapping.state === 'Disabled' || mapping.state === 'Deleting') return;
    mapping.state = mapping.state === 'Disabling' ? 'Disabled' : 'Enabled';
    call.touch();
    pump(mapping, call);
  });
  return answer;
}

const others: Record<string, string> = table({
  kinesis: 'Kinesis streams',
  dynamodb: 'DynamoDB streams',
  kafka: 'Kafka topics',
  mq: 'Amazon MQ brokers',
  rds: 'DocumentDB change streams',
});

function checkKind(sourceArn: string, call: LambdaCall): void {
  const { service = '', region } = parseArn(sourceArn) ?? {};
  const other = others[service];
  if (other) throw invalid(`Event source mappings of ${other} are not emulated.`);
  if (sourceArn === '') throw invalid('Unrecognized event source.');
  // Texts unverified.
  if (service !== 'sqs')
    throw invalid(
      `Unrecognized event source, must be kinesis, dynamodb stream or sqs. Unsupported source arn ${sourceArn}`,
    );
  if (region !== call.region) throw invalid(`Event source ARN region must match: ${call.region}`);
}

function checkSingle({ reference }: Found, sourceArn: string, call: LambdaCall): void {
  const arn = arnOf(reference);
  const known = [...call.state.mappings.values()].find(
    (mapping) => mapping.sourceArn === sourceArn && mapping.functionArn === arn,
  );
  if (known)
    throw conflict(
      `An event source mapping with SQS arn (" ${sourceArn} ") and function (" ${reference.name} ") already exists. Please update or delete the existing mapping with UUID ${known.id}`,
    );
}

async function checkQueue(found: Found, sourceArn: string, call: LambdaCall): Promise<void> {
  const { role, timeout } = findVersion(found).settings;
  const source = await openSource(sourceArn, { role, functionName: found.fn.name }, call);
  await checkSource(source, timeout);
}

/** Changes are told where a service has state, and a queue may lie in another account. */
const listenAt = (sourceArn: string, call: LambdaCall): void =>
  void call.elsewhere(parseArn(sourceArn)?.accountId ?? call.accountId, call.region);

import type { DestinationConfig, FunctionEventInvokeConfig } from '@aws-sdk/client-lambda';
import { parseArn } from '../../arn';
import { paginate } from '../../paginate';
import { checkRange, invalid, notFound } from './errors';
import {
  arnOf,
  findFunction,
  findVersion,
  type Found,
  functionByArn,
  type Reference,
} from './find-function';
import { checkDestination } from './sending-rights';
import type { EventInvokeConfig, LambdaCall, LambdaFunction, LambdaHandlers } from './state';

interface Wanted {
  MaximumRetryAttempts?: number | undefined;
  MaximumEventAgeInSeconds?: number | undefined;
  DestinationConfig?: DestinationConfig | undefined;
}

/** How a function, version or alias handles events that nobody waits for. */
export const eventInvoke = {
  async PutFunctionEventInvokeConfig(input, call) {
    const found = changeable(input, call);
    return put(found, await configOf(found, input, call), call);
  },

  async UpdateFunctionEventInvokeConfig(input, call) {
    const found = changeable(input, call);
    const before = existing(found);
    const { destinations, ...changes } = await configOf(found, input, call);
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    const merged = { ...before, ...(Object.fromEntries(given) as Partial<EventInvokeConfig>) };
    return put(
      found,
      { ...merged, destinations: { ...before.destinations, ...destinations } },
      call,
    );
  },

  GetFunctionEventInvokeConfig(input, call) {
    const found = qualified(findFunction(input, call, noConfig), noConfig);
    return shown(found, existing(found));
  },

  ListFunctionEventInvokeConfigs(input, call) {
    const found = findFunction(input, call, noFunction);
    const all = [...found.fn.eventInvokes].map(([qualifier, config]) =>
      shown({ ...found, qualifier }, config),
    );
    const { page, next } = paginate(all, input.Marker, Math.min(input.MaxItems ?? 50, 50));
    return {
      FunctionEventInvokeConfigs: page,
      ...(next === undefined ? {} : { NextMarker: next }),
    };
  },

  DeleteFunctionEventInvokeConfig(input, call) {
    const found = qualified(findFunction(input, call, noConfig), noConfig);
    existing(found);
    found.fn.eventInvokes.delete(found.qualifier ?? '$LATEST');
  },
} satisfies LambdaHandlers;

/** What holds for an event: `$LATEST`'s configuration is that of calls without a qualifier. */
export const eventInvokeOf = ({
  fn,
  qualifier = '$LATEST',
}: Found): EventInvokeConfig | undefined => fn.eventInvokes.get(qualifier);

const noFunction = (): Error => notFound("The function doesn't exist.");

const noConfig = (reference: Reference): Error =>
  notFound(
    `The function ${arnOf({ ...reference, qualifier: reference.qualifier ?? '$LATEST' })} doesn't have an EventInvokeConfig`,
  );

const changeable = (input: Parameters<typeof findFunction>[0], call: LambdaCall): Found =>
  qualified(findFunction(input, call, noFunction), noFunction);

function qualified(found: Found, absent: (reference: Reference) => Error): Found {
  findVersion(found, absent);
  return { ...found, qualifier: found.qualifier ?? '$LATEST' };
}

function existing(found: Found): EventInvokeConfig {
  const config = eventInvokeOf(found);
  if (!config) throw noConfig(found.reference);
  return config;
}

const fullArn = ({ reference, qualifier }: Found): string => arnOf({ ...reference, qualifier });

function put(found: Found, config: EventInvokeConfig, call: LambdaCall) {
  const stamped = { ...config, modifiedAt: call.now() };
  found.fn.eventInvokes.set(found.qualifier ?? '$LATEST', stamped);
  return shown(found, stamped);
}

async function configOf(found: Found, input: Wanted, call: LambdaCall): Promise<EventInvokeConfig> {
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: age } = input;
  if ([retries, age, input.DestinationConfig].every((one) => one === undefined))
    throw invalid('You must specify at least one of error handling or destination setting.');
  checkRange(retries, 'maximumRetryAttempts', [0, 2]);
  checkRange(age, 'maximumEventAgeInSeconds', [60, 21_600]);
  const destinations = input.DestinationConfig ?? {};
  const { role } = findVersion(found).settings;
  for (const one of [destinations.OnSuccess, destinations.OnFailure]) {
    const arn = one?.Destination ?? '';
    checkTarget(arn, { found, destinations, call });
    await checkDestination(role, arn, call);
  }
  return {
    maximumRetryAttempts: retries,
    maximumEventAgeInSeconds: age,
    destinations,
    modifiedAt: call.now(),
  };
}

const emulated = new Set(['sqs', 'sns', 'lambda', 'events']);

/** Refuses a destination of no kind, a function that is not there and the function itself. */
function checkTarget(
  arn: string,
  {
    found,
    destinations,
    call,
  }: { found: Found; destinations: DestinationConfig; call: LambdaCall },
): void {
  if (arn === '') return;
  const { service = '' } = parseArn(arn) ?? {};
  if (service === 's3') throw invalid('Destinations in S3 are not emulated.');
  if (!emulated.has(service))
    throw invalid(`The provided destination config ${printed(destinations)} is invalid.`);
  if (service === 'lambda') checkOther(arn, functionByArn(arn, call)?.fn, found);
}

function checkOther(arn: string, target: LambdaFunction | undefined, { fn }: Found): void {
  if (!target) throw invalid(`The destination ARN ${arn} is invalid.`);
  if (target === fn) throw invalid("You can't specify the function as a destination for itself.");
}

/** As AWS prints it. */
const printed = ({ OnSuccess, OnFailure }: DestinationConfig): string => {
  const part = (name: string, one: { Destination?: string | undefined } | undefined) =>
    one ? `${name}(destination=${one.Destination ?? 'null'})` : 'null';
  return `DestinationConfig(onSuccess=${part('OnSuccess', OnSuccess)}, onFailure=${part('OnFailure', OnFailure)})`;
};

const shown = (
  found: Found,
  { maximumRetryAttempts, maximumEventAgeInSeconds, destinations, modifiedAt }: EventInvokeConfig,
): FunctionEventInvokeConfig => ({
  FunctionArn: fullArn(found),
  LastModified: modifiedAt,
  ...(maximumRetryAttempts === undefined ? {} : { MaximumRetryAttempts: maximumRetryAttempts }),
  ...(maximumEventAgeInSeconds === undefined
    ? {}
    : { MaximumEventAgeInSeconds: maximumEventAgeInSeconds }),
  DestinationConfig: { OnSuccess: {}, OnFailure: {}, ...destinations },
});

import type { DestinationConfig, FunctionEventInvokeConfig } from '@aws-sdk/client-lambda';
import { parseArn } from '../../arn';
import { paginate } from '../../paginate';
import { constraint, invalid, notFound } from './errors';
import { arnOf, findFunction, findVersion, type Found } from './find-function';
import { checkDestination } from './sending-rights';
import type { EventInvokeConfig, LambdaCall, LambdaHandlers } from './state';

interface Wanted {
  MaximumRetryAttempts?: number | undefined;
  MaximumEventAgeInSeconds?: number | undefined;
  DestinationConfig?: DestinationConfig | undefined;
}

/** How a function, version or alias handles events that nobody waits for. */
export const eventInvoke = {
  async PutFunctionEventInvokeConfig(input, call) {
    const found = qualified(findFunction(input, call));
    return put(found, await configOf(found, input, call), call);
  },

  async UpdateFunctionEventInvokeConfig(input, call) {
    const found = qualified(findFunction(input, call));
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
    const found = qualified(findFunction(input, call));
    return shown(found, existing(found));
  },

  ListFunctionEventInvokeConfigs(input, call) {
    const found = findFunction(input, call);
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
    const found = qualified(findFunction(input, call));
    existing(found);
    found.fn.eventInvokes.delete(found.qualifier ?? '$LATEST');
  },
} satisfies LambdaHandlers;

/** What holds for an event: `$LATEST`'s configuration is that of calls without a qualifier. */
export const eventInvokeOf = ({
  fn,
  qualifier = '$LATEST',
}: Found): EventInvokeConfig | undefined => fn.eventInvokes.get(qualifier);

function qualified(found: Found): Found {
  findVersion(found);
  return { ...found, qualifier: found.qualifier ?? '$LATEST' };
}

function existing(found: Found): EventInvokeConfig {
  const config = eventInvokeOf(found);
  if (!config) throw notFound(`The function ${fullArn(found)} doesn't have an EventInvokeConfig`);
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
  checkRanges(retries, age);
  const destinations = input.DestinationConfig ?? {};
  const { role } = findVersion(found).settings;
  for (const one of [destinations.OnSuccess, destinations.OnFailure]) {
    const arn = one?.Destination ?? '';
    checkKind(arn);
    await checkDestination(role, arn, call);
  }
  return {
    maximumRetryAttempts: retries,
    maximumEventAgeInSeconds: age,
    destinations,
    modifiedAt: call.now(),
  };
}

function checkRanges(retries: number | undefined, age: number | undefined): void {
  if (retries !== undefined && retries > 2)
    throw constraint(
      'maximumRetryAttempts',
      retries,
      'Member must have value less than or equal to 2',
    );
  if (age !== undefined && (age < 60 || age > 21_600))
    throw constraint(
      'maximumEventAgeInSeconds',
      age,
      age < 60
        ? 'Member must have value greater than or equal to 60'
        : 'Member must have value less than or equal to 21600',
    );
}

const emulated = new Set(['sqs', 'sns', 'lambda', 'events']);

function checkKind(arn: string): void {
  if (arn === '') return;
  const service = parseArn(arn)?.service ?? '';
  if (emulated.has(service)) return;
  // Text unverified, as is whether AWS looks at the service first.
  throw invalid(
    service === 's3'
      ? 'Destinations in S3 are not emulated.'
      : `The destination ARN ${arn} is invalid.`,
  );
}

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

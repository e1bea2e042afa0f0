import type { AliasConfiguration, AliasRoutingConfiguration } from '@aws-sdk/client-lambda';
import { paginate } from '../../paginate';
import { conflict, constraint, invalid, notFound, violated } from './errors';
import {
  arnOf,
  checkRevision,
  findFunction,
  findVersion,
  type Found,
  functionArn,
} from './find-function';
import type { Alias, LambdaCall, LambdaFunction, LambdaHandlers, Settings } from './state';

export const aliases = {
  CreateAlias(input, call) {
    // AWS misses the version of a function that is not there.
    const found = findFunction(input, call, (reference) =>
      notFound(`Function not found: ${arnOf({ ...reference, qualifier: input.FunctionVersion })}`),
    );
    const { fn } = found;
    const name = checkName(input.Name ?? '');
    if (fn.aliases.has(name))
      throw conflict(`Alias already exists: ${functionArn(fn.name, call, name)}`);
    const alias: Alias = {
      name,
      version: checkVersion(found, input.FunctionVersion ?? ''),
      description: input.Description ?? '',
      revisionId: call.random.uuid(),
    };
    route(found, alias, input.RoutingConfig);
    fn.aliases.set(name, alias);
    announce('CREATE', fn, { alias, call });
    return shownAlias(fn, alias, call);
  },

  GetAlias(input, call) {
    const { fn } = findFunction(input, call);
    const arn = functionArn(fn.name, call, input.Name);
    return shownAlias(fn, findAlias(fn, input.Name, `Cannot find alias arn: ${arn}`), call);
  },

  ListAliases(input, call) {
    const { fn } = findFunction(input, call);
    const { FunctionVersion: wanted } = input;
    const all = [...fn.aliases.values()]
      .filter(({ version, routing }) => [version, routing?.version, undefined].includes(wanted))
      .map((alias) => shownAlias(fn, alias, call));
    const { page, next } = paginate(all, input.Marker, Math.min(input.MaxItems ?? 50, 50));
    return { Aliases: page, ...(next === undefined ? {} : { NextMarker: next }) };
  },

  UpdateAlias(input, call) {
    const found = findFunction(input, call);
    const { fn } = found;
    const arn = functionArn(fn.name, call, input.Name);
    const before = findAlias(fn, input.Name, `Alias not found: ${arn}`);
    checkRevision(input.RevisionId, before);
    const alias: Alias = {
      ...before,
      version: checkVersion(found, input.FunctionVersion ?? before.version),
      description: input.Description ?? before.description,
      revisionId: call.random.uuid(),
    };
    if (input.RoutingConfig) route(found, alias, input.RoutingConfig);
    else checkRouting(found, alias);
    fn.aliases.set(alias.name, alias);
    announce('UPDATE', fn, { alias, call });
    return shownAlias(fn, alias, call);
  },

  DeleteAlias(input, call) {
    const { fn } = findFunction(input, call);
    const alias = fn.aliases.get(input.Name ?? '');
    if (!alias) return;
    fn.aliases.delete(alias.name);
    fn.policies.delete(alias.name);
    announce('DELETE', fn, { alias, call });
  },
} satisfies LambdaHandlers;

/** The version that an alias chooses for one invocation: `share` is drawn evenly from 0 to 1. */
export const versionFor = ({ version, routing }: Alias, share: number): string =>
  routing && share < routing.weight ? routing.version : version;

function shownAlias(fn: LambdaFunction, alias: Alias, call: LambdaCall): AliasConfiguration {
  const { name, version, description, routing, revisionId } = alias;
  return {
    AliasArn: functionArn(fn.name, call, name),
    Name: name,
    FunctionVersion: version,
    Description: description,
    ...(routing
      ? { RoutingConfig: { AdditionalVersionWeights: { [routing.version]: routing.weight } } }
      : {}),
    RevisionId: revisionId,
  };
}

/** AWS has not one text for an alias that is not there. */
function findAlias(fn: LambdaFunction, name: string | undefined, missing: string): Alias {
  const alias = fn.aliases.get(name ?? '');
  if (!alias) throw notFound(missing);
  return alias;
}

function checkName(name: string): string {
  if (/^(?!^\d+$)[\w-]{1,128}$/.test(name)) return name;
  throw constraint(
    name,
    'name',
    String.raw`satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)`,
  );
}

/** The number must be published; `$LATEST` is a version too. */
function checkVersion({ fn, reference }: Found, version: string): string {
  findVersion({ fn, qualifier: version, reference: { ...reference, qualifier: version } });
  if (fn.aliases.has(version))
    // Text unverified.
    throw invalid('An alias cannot point to another alias.');
  return version;
}

/** Replaces the second version; an empty configuration takes it away. */
function route(found: Found, alias: Alias, config: AliasRoutingConfiguration | undefined): void {
  const [entry, ...more] = Object.entries(config?.AdditionalVersionWeights ?? {});
  delete alias.routing;
  if (!entry) return;
  if (more.length > 0)
    throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1');
  const [version, weight] = entry;
  checkWeight(version, weight);
  checkVersion(found, version);
  alias.routing = { version, weight };
  checkRouting(found, alias);
}

function checkWeight(version: string, weight: number): void {
  const member = 'routingConfig.additionalVersionWeights';
  // AWS writes weights as Java does, with a decimal point always.
  const shown = `{${version}=${Number.isInteger(weight) ? weight.toFixed(1) : weight}}`;
  if (!/^\d{1,1024}$/.test(version))
    throw violated(
      shown,
      member,
      'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]',
    );
  if (!(weight >= 0 && weight <= 1))
    throw violated(
      shown,
      member,
      'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]',
    );
}

/** Both versions must be published, differ, and share role and dead-letter queue. */
function checkRouting(found: Found, { version, routing }: Alias): void {
  if (!routing) return;
  if ([version, routing.version].includes('$LATEST'))
    throw invalid('$LATEST is not supported for an alias pointing to more than 1 version');
  if (version === routing.version)
    throw invalid(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    );
  checkAlike(
    findVersion({ ...found, qualifier: version }).settings,
    findVersion({ ...found, qualifier: routing.version }).settings,
  );
}

/** The texts of both were not verified. */
function checkAlike(one: Settings, other: Settings): void {
  if (one.role !== other.role)
    throw invalid('Versions of a weighted alias must have the same execution role.');
  if (one.deadLetterArn !== other.deadLetterArn)
    throw invalid('Versions of a weighted alias must have the same dead-letter configuration.');
}

function announce(
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  fn: LambdaFunction,
  { alias, call }: { alias: Alias; call: LambdaCall },
): void {
  call.announce({ kind, type: 'AWS::Lambda::Alias', id: functionArn(fn.name, call, alias.name) });
}

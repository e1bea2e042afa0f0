import { parseArn } from '../../arn';
import type { Permission } from '../../service';
import { constraint, invalid, notFound, staleRevision } from './errors';
import type { LambdaCall, LambdaFunction, Version } from './state';

/** What a caller means by a FunctionName: a name, a partial ARN or an ARN, each with a qualifier or without. */
export interface Reference {
  name: string;
  qualifier: string | undefined;
  accountId: string;
  region: string;
}

const pattern =
  /^(?:arn:aws[\w-]*:lambda:(?<region>[a-z0-9-]+):(?<account>\d{12}):function:|(?<owner>\d{12}):function:)?(?<name>[\w-]{1,140})(?::(?<qualifier>\$LATEST|[\w-]+))?$/;

const noSuchFunction = (reference: Reference): Error =>
  notFound(`Function not found: ${arnOf(reference)}`);

export function readReference(
  text: string,
  qualifier: string | undefined,
  call: LambdaCall,
): Reference {
  const { groups } = pattern.exec(text) ?? {};
  if (!groups)
    throw constraint(
      text,
      'functionName',
      String.raw`satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?`,
    );
  return {
    name: groups['name'] ?? '',
    qualifier: oneQualifier(groups['qualifier'], qualifier),
    accountId: groups['account'] ?? groups['owner'] ?? call.accountId,
    region: groups['region'] ?? call.region,
  };
}

/** What stands behind the name and what is given beside it may not differ. */
function oneQualifier(ofName: string | undefined, given: string | undefined): string | undefined {
  if (given !== undefined && !/^(?:\$LATEST(?:\.PUBLISHED)?|[\w$-]+)$/.test(given))
    throw constraint(
      given,
      'qualifier',
      String.raw`satisfy regular expression pattern: \$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`,
    );
  if (ofName !== undefined && given !== undefined && ofName !== given)
    throw invalid(
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  return ofName ?? given;
}

interface Named {
  FunctionName?: string | undefined;
  Qualifier?: string | undefined;
}

/** A function, and the qualifier that came with its name. */
export interface Found {
  fn: LambdaFunction;
  qualifier: string | undefined;
  reference: Reference;
}

/** The function that the input names; `absent` says what the operation answers when there is none. */
export function findFunction(
  { FunctionName: text = '', Qualifier }: Named,
  call: LambdaCall,
  absent: (reference: Reference) => Error = noSuchFunction,
): Found {
  const reference = readReference(text, Qualifier, call);
  if (reference.region !== call.region)
    throw notFound(
      `Functions from '${reference.region}' are not reachable in this region ('${call.region}')`,
    );
  const fn = call.stateOf(reference.accountId, call.region).functions.get(reference.name);
  if (!fn) throw absent(reference);
  return { fn, qualifier: reference.qualifier, reference };
}

/** One version: `$LATEST` without a qualifier, the one of a number, or the one an alias points to. */
export function findVersion(
  found: Found,
  absent: (reference: Reference) => Error = noSuchFunction,
): Version {
  const { fn, qualifier = '$LATEST', reference } = found;
  const number = fn.aliases.get(qualifier)?.version ?? qualifier;
  const version = number === '$LATEST' ? fn.latest : fn.versions.get(number);
  if (!version) throw absent(reference);
  return version;
}

/** ARN of a function or, with a qualifier, of a version or alias. */
export const arnOf = ({ region, accountId, name, qualifier }: Reference): string =>
  `arn:aws:lambda:${region}:${accountId}:function:${name}${qualifier ? `:${qualifier}` : ''}`;

/** ARN of a function of this account and Region. */
export const functionArn = (name: string, call: LambdaCall, qualifier?: string): string =>
  call.arn(`function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`);

/** Nobody has changed it since the caller last looked. */
export function checkRevision(wanted: string | undefined, { revisionId }: { revisionId: string }) {
  if (wanted !== undefined && wanted !== revisionId) throw staleRevision();
}

/** One action on the function that the input names, by the ARN that the caller used. */
export const onFunction =
  (action: string) =>
  (input: Named, call: LambdaCall): Permission => ({
    action: `lambda:${action}`,
    resources: [arnOf(readReference(input.FunctionName ?? '', input.Qualifier, call))],
  });

/** The function of an ARN, with the qualifier in it. */
export function functionByArn(arn: string, call: LambdaCall): Omit<Found, 'reference'> | undefined {
  const { region = '', accountId = '', resource = '' } = parseArn(arn) ?? {};
  const [kind, name = '', qualifier] = resource.split(':');
  if (kind !== 'function') return undefined;
  const fn = call.stateOf(accountId, region).functions.get(name);
  return fn && { fn, qualifier };
}

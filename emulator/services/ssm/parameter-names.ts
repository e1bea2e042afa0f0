import {
  ParameterNotFound,
  ParameterVersionNotFound,
  type ParameterMetadata,
} from '@aws-sdk/client-ssm';
import type { Call } from '../../call';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import type { ParameterVersion, SsmState, StoredParameter } from './state';

type SsmCall = Call<SsmState>;

const nameRule =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can ' +
  'consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, ' +
  'numbers and the following 3 symbols .-_';

/** Refuses names that Parameter Store reserves or cannot hold. */
export function checkName(name: string): void {
  if (/^\/?aws/i.test(name)) {
    throw awsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  }
  if (/^\/?ssm/i.test(name) || !/^[\w.-]+$|^(\/[\w.-]+)+$/.test(name)) {
    throw awsError('ValidationException', nameRule);
  }
  if (name.split('/').length > 16) {
    // The text is not verified.
    throw awsError(
      'HierarchyLevelLimitExceededException',
      'A hierarchy can have a maximum of 15 levels.',
    );
  }
}

export const parameterArn = (name: string, { arn }: Pick<SsmCall, 'arn'>): string =>
  arn(`parameter/${name.replace(/^\//, '')}`);

export const newest = (parameter: StoredParameter): ParameterVersion => {
  const last = parameter.versions.at(-1);
  if (!last) throw refuse(ParameterNotFound, '');
  return last;
};

/** A parameter by name or ARN, with `:version` or `:label` behind it or not. */
export function findVersion(
  asked: string,
  { state }: SsmCall,
): { parameter: StoredParameter; version: ParameterVersion; selector?: string } | undefined {
  const name = asked.replace(/^arn:[^:]*:ssm:[^:]*:[^:]*:parameter/, '');
  refusePublic(name);
  const [base = '', selector] = name.split(':');
  const parameter =
    state.parameters.get(base) ??
    (asked === name ? undefined : state.parameters.get(base.replace(/^\//, '')));
  if (!parameter) return undefined;
  if (selector === undefined) return { parameter, version: newest(parameter) };
  const version = parameter.versions.find(
    (one) => String(one.version) === selector || one.labels.includes(selector),
  );
  return version && { parameter, version, selector };
}

function refusePublic(name: string): void {
  if (name.startsWith('/aws/service/') || name.startsWith('/aws/reference/')) {
    throw awsError('ValidationException', `ssm parameters below ${name} are not emulated`);
  }
}

/** The parameter, or AWS's error: its text is empty for a name, and names a missing version. */
export function requireVersion(asked: string, call: SsmCall) {
  const found = findVersion(asked, call);
  if (found) return found;
  const [base = '', selector] = asked.split(':');
  if (selector === undefined || !call.state.parameters.has(base)) {
    throw refuse(ParameterNotFound, '');
  }
  throw refuse(
    ParameterVersionNotFound,
    `Systems Manager could not find version ${selector} of ${base}. Verify the version and try again.`,
  );
}

/** What DescribeParameters and GetParameterHistory tell of a version beside its value. */
export const versionMetadata = (
  { name }: StoredParameter,
  version: ParameterVersion,
): ParameterMetadata => ({
  Name: name,
  Type: version.type,
  KeyId: version.keyId,
  LastModifiedDate: version.modifiedAt,
  LastModifiedUser: version.modifiedBy,
  Description: version.description,
  AllowedPattern: version.allowedPattern,
  Version: version.version,
  Tier: version.tier,
  Policies: [],
  DataType: version.dataType,
});

import {
  InvalidFilterKey,
  InvalidFilterOption,
  InvalidFilterValue,
  type ParameterStringFilter,
} from '@aws-sdk/client-ssm';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { newest } from './parameter-names';
import type { ParameterVersion, StoredParameter } from './state';
import { table } from '../../table';

const pathRule =
  'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.';

/** Refuses a path under which no parameter can be. */
export function checkPath(path: string): void {
  if (!/^(\/[\w.-]+)*\/?$/.test(path) || !path.startsWith('/'))
    throw awsError('ValidationException', pathRule);
}

export const isBelow = (name: string, path: string, recursive: boolean): boolean => {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/'));
};

const comparisons: Record<string, (actual: string, wanted: string) => boolean> = table({
  Equals: (actual, wanted) => actual === wanted,
  BeginsWith: (actual, wanted) => actual.startsWith(wanted),
  Contains: (actual, wanted) => actual.includes(wanted),
});

const readers: Record<string, (parameter: StoredParameter) => string> = table({
  Name: ({ name }) => name,
  Type: (parameter) => newest(parameter).type,
  KeyId: (parameter) => newest(parameter).keyId ?? '',
  Tier: (parameter) => newest(parameter).tier,
  DataType: (parameter) => newest(parameter).dataType,
});

const told = {
  all: ['Path', 'Name', 'Type', 'KeyId', 'Tier'],
  byPath: ['Type', 'KeyId'],
};

/** Refuses filters by their keys and by what they lack, whatever parameters there are. */
export function checkFilters(
  filters: readonly ParameterStringFilter[],
  { byPath = false } = {},
): void {
  const keys = filters.map(({ Key = '' }) => Key);
  for (const key of keys) if (!isKey(key, byPath)) throw invalidKey(key, byPath);
  const double = keys.find((key, index) => keys.indexOf(key) !== index);
  if (double !== undefined) throw twice(double);
  const empty = filters.find(({ Key, Values }) => !Values?.length && !Key?.startsWith('tag:'));
  if (empty) throw without(empty.Key ?? '');
}

const twice = (key: string) =>
  refuse(
    InvalidFilterKey,
    `The following filter is duplicated in the request: ${key}. A request can contain only one occurrence of a specific filter.`,
  );

const without = (key: string) =>
  refuse(
    InvalidFilterValue,
    `The following filter values are missing : null for filter key ${key}.`,
  );

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
const pathKeys = new Set(['Type', 'KeyId', 'Label']);

const isKey = (key: string, byPath: boolean): boolean =>
  byPath
    ? pathKeys.has(key)
    : key === 'Path' || key.startsWith('tag:') || Object.hasOwn(readers, key);

const invalidKey = (key: string, byPath: boolean) =>
  refuse(
    InvalidFilterKey,
    `The following filter key is not valid: ${key}. Valid filter keys include: [${told[byPath ? 'byPath' : 'all'].join(', ')}].`,
  );

/** The version that a filter by label chooses; nothing without such a filter. */
export const labelled = (
  { versions }: StoredParameter,
  filters: readonly ParameterStringFilter[],
): ParameterVersion | undefined => {
  const label = filters.find(({ Key }) => Key === 'Label');
  return label && versions.find(({ labels }) => labels.some((one) => label.Values?.includes(one)));
};

const invalidOption = (option: string, valid: string) =>
  refuse(
    InvalidFilterOption,
    `The following filter option is not valid: ${option}. Valid options include: [${valid}].`,
  );

function matchesPath(parameter: StoredParameter, filter: ParameterStringFilter): boolean {
  const { Option = 'OneLevel', Values = [] } = filter;
  if (Option !== 'OneLevel' && Option !== 'Recursive') {
    throw invalidOption(Option, 'Recursive, OneLevel');
  }
  return Values.some((path) => isBelow(parameter.name, path, Option === 'Recursive'));
}

function matchesTag(parameter: StoredParameter, key: string, values: string[]): boolean {
  const value = parameter.tags[key];
  return value !== undefined && (values.length === 0 || values.includes(value));
}

/** Whether a filter that was checked lets the parameter pass. */
export function matches(parameter: StoredParameter, filter: ParameterStringFilter): boolean {
  const { Key = '', Values = [] } = filter;
  if (Key === 'Path') return matchesPath(parameter, filter);
  if (Key === 'Label') return labelled(parameter, [filter]) !== undefined;
  if (Key.startsWith('tag:')) return matchesTag(parameter, Key.slice('tag:'.length), Values);
  return matchesText(readers[Key]?.(parameter) ?? '', filter);
}

function matchesText(text: string, { Option = 'Equals', Values = [] }: ParameterStringFilter) {
  const compare = comparisons[Option];
  if (!compare) throw invalidOption(Option, 'BeginsWith, Equals');
  return Values.some((value) => compare(text, value));
}

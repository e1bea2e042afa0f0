import {
  InvalidFilterKey,
  InvalidFilterOption,
  ParameterNotFound,
  ParameterVersionNotFound,
  type ParameterStringFilter,
} from '@aws-sdk/client-ssm';
import { awsError } from '../../errors';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { newest, parameterArn, versionMetadata } from './parameter-names';
import { shownParameter } from './shown-parameter';
import type { SsmHandlers, StoredParameter } from './state';

const pathRule =
  'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.';

const isBelow = (name: string, path: string, recursive: boolean): boolean => {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  return name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes('/'));
};

const comparisons: Record<string, (actual: string, wanted: string) => boolean> = {
  Equals: (actual, wanted) => actual === wanted,
  BeginsWith: (actual, wanted) => actual.startsWith(wanted),
  Contains: (actual, wanted) => actual.includes(wanted),
};

const readers: Record<string, (parameter: StoredParameter) => string> = {
  Name: ({ name }) => name,
  Type: (parameter) => newest(parameter).type,
  KeyId: (parameter) => newest(parameter).keyId ?? '',
  Tier: (parameter) => newest(parameter).tier,
  DataType: (parameter) => newest(parameter).dataType,
};

const invalidKey = (key: string) =>
  refuse(
    InvalidFilterKey,
    `The following filter key is not valid: ${key}. Valid filter keys include: [Path, Name, Type, KeyId, Tier].`,
  );

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

function matches(parameter: StoredParameter, filter: ParameterStringFilter): boolean {
  const { Key = '', Option = 'Equals', Values = [] } = filter;
  if (Key === 'Path') return matchesPath(parameter, filter);
  if (Key.startsWith('tag:')) return matchesTag(parameter, Key.slice('tag:'.length), Values);
  const read = readers[Key];
  if (!read) throw invalidKey(Key);
  const compare = comparisons[Option];
  if (!compare) throw invalidOption(Option, 'BeginsWith, Equals');
  return Values.some((value) => compare(read(parameter), value));
}

export const parameterQueries = {
  async GetParametersByPath(input, call) {
    const { Path = '', Recursive = false, ParameterFilters = [], WithDecryption } = input;
    if (!/^(\/[\w.-]+)*\/?$/.test(Path) || !Path.startsWith('/')) {
      throw awsError('ValidationException', pathRule);
    }
    const found = [...call.state.parameters.values()].filter(
      (parameter) =>
        isBelow(parameter.name, Path, Recursive) &&
        ParameterFilters.every((filter) => matches(parameter, filter)),
    );
    const { page, next } = paginate(found, input.NextToken, input.MaxResults ?? 10);
    return {
      Parameters: await Promise.all(
        page.map((parameter) =>
          shownParameter({ parameter, version: newest(parameter) }, call, WithDecryption),
        ),
      ),
      NextToken: next,
    };
  },

  DescribeParameters({ Filters = [], ParameterFilters = [], NextToken, MaxResults }, call) {
    const filters = [...Filters, ...ParameterFilters];
    const found = [...call.state.parameters.values()].filter((parameter) =>
      filters.every((filter) => matches(parameter, filter)),
    );
    const { page, next } = paginate(found, NextToken, MaxResults ?? 10);
    return {
      Parameters: page.map((parameter) => ({
        ...versionMetadata(parameter, newest(parameter)),
        ARN: parameterArn(parameter.name, call),
      })),
      NextToken: next,
    };
  },

  async GetParameterHistory({ Name = '', WithDecryption, NextToken, MaxResults }, call) {
    const parameter = call.state.parameters.get(Name);
    if (!parameter) throw refuse(ParameterNotFound, '');
    const { page, next } = paginate(parameter.versions, NextToken, MaxResults ?? 50);
    return {
      Parameters: await Promise.all(
        page.map(async (version) => ({
          ...versionMetadata(parameter, version),
          Value: (await shownParameter({ parameter, version }, call, WithDecryption)).Value,
          Labels: version.labels,
        })),
      ),
      NextToken: next,
    };
  },

  LabelParameterVersion({ Name = '', ParameterVersion, Labels = [] }, { state }) {
    const parameter = state.parameters.get(Name);
    if (!parameter) throw refuse(ParameterNotFound, '');
    const wanted = ParameterVersion ?? newest(parameter).version;
    const version = parameter.versions.find((one) => one.version === wanted);
    if (!version) {
      throw refuse(
        ParameterVersionNotFound,
        `Systems Manager could not find version ${wanted} of ${Name}. Verify the version and try again.`,
      );
    }
    const InvalidLabels = Labels.filter((label) => !/^(?!aws|ssm|\d)[\w.-]{1,100}$/i.test(label));
    const valid = Labels.filter((label) => !InvalidLabels.includes(label));
    for (const one of parameter.versions) {
      one.labels = one.labels.filter((label) => !valid.includes(label));
    }
    version.labels.push(...valid);
    return { InvalidLabels, ParameterVersion: wanted };
  },
} satisfies SsmHandlers;

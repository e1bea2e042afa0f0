import {
  ParameterNotFound,
  ParameterVersionLabelLimitExceeded,
  ParameterVersionNotFound,
} from '@aws-sdk/client-ssm';
import { awsError } from '../../errors';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { checkRange } from './constraints';
import { checkFilters, checkPath, isBelow, labelled, matches } from './parameter-filters';
import { newest, parameterArn, versionMetadata } from './parameter-names';
import { shownParameter } from './shown-parameter';
import type { SsmHandlers } from './state';

const mostLabels = 10;

export const parameterQueries = {
  async GetParametersByPath(input, call) {
    const { Path = '', Recursive = false, ParameterFilters = [], WithDecryption } = input;
    checkPath(Path);
    checkRange(input.MaxResults, 'maxResults', [1, 10]);
    checkFilters(ParameterFilters, { byPath: true });
    const found = [...call.state.parameters.values()].filter(
      (parameter) =>
        isBelow(parameter.name, Path, Recursive) &&
        ParameterFilters.every((filter) => matches(parameter, filter)),
    );
    const { page, next } = paginate(found, input.NextToken, input.MaxResults ?? 10);
    return {
      Parameters: await Promise.all(
        page.map((parameter) =>
          shownParameter(
            { parameter, version: labelled(parameter, ParameterFilters) ?? newest(parameter) },
            call,
            WithDecryption,
          ),
        ),
      ),
      NextToken: next,
    };
  },

  DescribeParameters({ Filters = [], ParameterFilters = [], NextToken, MaxResults }, call) {
    checkRange(MaxResults, 'maxResults', [1, 50]);
    if (Filters.length > 0 && ParameterFilters.length > 0)
      throw awsError(
        'ValidationException',
        'You can use either Filters or ParameterFilters in a single request.',
      );
    const filters = [...Filters, ...ParameterFilters];
    checkFilters(filters);
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
    checkRange(MaxResults, 'maxResults', [1, 50]);
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
    if (new Set([...version.labels, ...valid]).size > mostLabels)
      throw refuse(
        ParameterVersionLabelLimitExceeded,
        'A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.',
      );
    for (const one of parameter.versions) {
      one.labels = one.labels.filter((label) => !valid.includes(label));
    }
    version.labels.push(...valid);
    return { InvalidLabels, ParameterVersion: wanted };
  },
} satisfies SsmHandlers;

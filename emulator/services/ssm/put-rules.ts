import {
  InvalidAllowedPatternException,
  ParameterAlreadyExists,
  ParameterMaxVersionLimitExceeded,
  ParameterPatternMismatchException,
  type PutParameterRequest,
} from '@aws-sdk/client-ssm';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { constraint } from './constraints';
import type { StoredParameter } from './state';

/** Versions of a parameter; the oldest gives way to a new one, unless it has a label. */
export const keptVersions = 100;

const isFull = ({ versions }: StoredParameter): boolean => versions.length >= keptVersions;

const types = ['SecureString', 'StringList', 'String'];
const awsDataTypes = new Set(['aws:ec2:image', 'aws:ssm:integration']);

const refusals: ((input: PutParameterRequest, old?: StoredParameter) => Error | undefined)[] = [
  ({ Value }) =>
    Value === '' ? constraint('', 'value', 'have length greater than or equal to 1.') : undefined,
  ({ Type: type }) =>
    type && !types.includes(type)
      ? constraint(type, 'type', `satisfy enum value set: [${types.join(', ')}]`)
      : undefined,
  (input, old) =>
    old && !input.Overwrite
      ? refuse(
          ParameterAlreadyExists,
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        )
      : undefined,
  ({ Tags = [], Overwrite }) =>
    Tags.length > 0 && Overwrite
      ? awsError(
          'ValidationException',
          "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
        )
      : undefined,
  ({ Type }, old) =>
    Type || old
      ? undefined
      : awsError(
          'ValidationException',
          'A parameter type is required when you create a parameter.',
        ),
  ({ Value = '', Tier }) =>
    Value.length > (Tier === 'Advanced' || Tier === 'Intelligent-Tiering' ? 8192 : 4096)
      ? awsError(
          'ValidationException',
          'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html',
        )
      : undefined,
  // Text not verified against AWS.
  ({ AllowedPattern: pattern }) =>
    pattern && !expressionOf(pattern)
      ? refuse(
          InvalidAllowedPatternException,
          `The regular expression ${pattern} of allowedPattern is invalid.`,
        )
      : undefined,
  ({ Value = '', AllowedPattern: pattern }) =>
    pattern && !expressionOf(pattern)?.test(Value)
      ? refuse(
          ParameterPatternMismatchException,
          `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
        )
      : undefined,
  ({ DataType: type = 'text' }) =>
    type === 'text'
      ? undefined
      : awsError(
          'ValidationException',
          awsDataTypes.has(type)
            ? `ssm parameters of data type ${type} are not emulated`
            : `The following data type is not supported: ${type} (Data type names are all lowercase.)`,
        ),
  ({ Name }, old) =>
    old && isFull(old) && old.versions[0]?.labels.length
      ? refuse(
          ParameterMaxVersionLimitExceeded,
          `You attempted to create a new version of ${Name} by calling the PutParameter API with the overwrite flag. Version ${old.versions[0].version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
        )
      : undefined,
  ({ Policies }) =>
    Policies
      ? awsError('ValidationException', 'ssm parameter policies are not emulated')
      : undefined,
];

/** Refuses what PutParameter refuses, in AWS's order as far as it is known. */
export function checkPut(input: PutParameterRequest, old: StoredParameter | undefined): void {
  for (const check of refusals) {
    const error = check(input, old);
    if (error) throw error;
  }
}

function expressionOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

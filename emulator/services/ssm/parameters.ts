import {
  ParameterAlreadyExists,
  ParameterNotFound,
  InvalidAllowedPatternException,
  ParameterPatternMismatchException,
  type ParameterType,
  type PutParameterRequest,
} from '@aws-sdk/client-ssm';
import type { Call } from '../../call';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { checkName, findVersion, newest, parameterArn, requireVersion } from './parameter-names';
import { sealed } from './secure-strings';
import { shownParameter } from './shown-parameter';
import { tagRecord } from '../../tags';
import type { ParameterVersion, SsmHandlers, SsmState, StoredParameter } from './state';

type SsmCall = Call<SsmState>;

const keptVersions = 100;

const refusals: ((input: PutParameterRequest, old?: StoredParameter) => Error | undefined)[] = [
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
      : awsError('ValidationException', `ssm parameters of data type ${type} are not emulated`),
  ({ Policies }) =>
    Policies
      ? awsError('ValidationException', 'ssm parameter policies are not emulated')
      : undefined,
];

function checkPut(input: PutParameterRequest, old: StoredParameter | undefined): void {
  for (const check of refusals) {
    const error = check(input, old);
    if (error) throw error;
  }
}

const tierOf = ({ Tier, Value = '' }: PutParameterRequest) => {
  if (Tier !== 'Intelligent-Tiering') return Tier ?? 'Standard';
  return Value.length > 4096 ? 'Advanced' : 'Standard';
};

const keyOf = ({ KeyId = 'alias/aws/ssm' }: PutParameterRequest, type: ParameterType) =>
  type === 'SecureString' ? KeyId : undefined;

function nextVersion(
  input: PutParameterRequest,
  call: SsmCall,
  old: Partial<ParameterVersion> = {},
): ParameterVersion {
  const type = input.Type ?? old.type ?? 'String';
  return {
    version: (old.version ?? 0) + 1,
    value: input.Value ?? '',
    type,
    tier: tierOf(input),
    dataType: 'text',
    description: input.Description ?? old.description,
    allowedPattern: input.AllowedPattern,
    keyId: keyOf(input, type),
    labels: [],
    modifiedAt: call.now(),
    modifiedBy: call.principal.arn,
  };
}

function tell(
  operation: 'Create' | 'Update' | 'Delete',
  parameter: StoredParameter,
  call: SsmCall,
) {
  const { name } = parameter;
  const { type, description } = newest(parameter);
  const kinds = { Create: 'CREATE', Update: 'UPDATE', Delete: 'DELETE' } as const;
  call.announce({ kind: kinds[operation], type: 'AWS::SSM::Parameter', id: name });
  call.emit({
    source: 'aws.ssm',
    detailType: 'Parameter Store Change',
    resources: [parameterArn(name, call)],
    detail: { operation, name, type, ...(description !== undefined && { description }) },
  });
}

function remove(name: string, call: SsmCall): boolean {
  const parameter = call.state.parameters.get(name);
  if (!parameter) return false;
  call.state.parameters.delete(name);
  tell('Delete', parameter, call);
  return true;
}

export const parameters = {
  async PutParameter(input, call) {
    const name = input.Name ?? '';
    checkName(name);
    const old = call.state.parameters.get(name);
    checkPut(input, old);
    const version = await sealed(name, nextVersion(input, call, old && newest(old)), call);
    const parameter = old ?? { name, tags: tagRecord(input.Tags), versions: [] };
    parameter.versions = [...parameter.versions, version].slice(-keptVersions);
    call.state.parameters.set(name, parameter);
    tell(old ? 'Update' : 'Create', parameter, call);
    return { Version: version.version, Tier: version.tier };
  },

  async GetParameter({ Name = '', WithDecryption }, call) {
    return { Parameter: await shownParameter(requireVersion(Name, call), call, WithDecryption) };
  },

  async GetParameters({ Names = [], WithDecryption }, call) {
    if (Names.length > 10) {
      throw awsError(
        'ValidationException',
        `1 validation error detected: Value '[${Names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10.`,
      );
    }
    const found = [...new Set(Names)].map((name) => ({ name, hit: findVersion(name, call) }));
    return {
      Parameters: await Promise.all(
        found.flatMap(({ hit }) => (hit ? [shownParameter(hit, call, WithDecryption)] : [])),
      ),
      InvalidParameters: found.flatMap(({ name, hit }) => (hit ? [] : [name])),
    };
  },

  DeleteParameter({ Name = '' }, call) {
    if (!remove(Name, call)) throw refuse(ParameterNotFound, '');
    return {};
  },

  DeleteParameters({ Names = [] }, call) {
    const names = [...new Set(Names)];
    const DeletedParameters = names.filter((name) => remove(name, call));
    return {
      DeletedParameters,
      InvalidParameters: names.filter((name) => !DeletedParameters.includes(name)),
    };
  },
} satisfies SsmHandlers;

function expressionOf(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
}

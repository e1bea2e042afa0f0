import {
  ParameterNotFound,
  type ParameterType,
  type PutParameterRequest,
} from '@aws-sdk/client-ssm';
import type { Call } from '../../call';
import { refuse } from '../../refuse';
import { constraint } from './constraints';
import { checkName, findVersion, newest, parameterArn, requireVersion } from './parameter-names';
import { checkPut, keptVersions } from './put-rules';
import { sealed } from './secure-strings';
import { shownParameter } from './shown-parameter';
import { tagRecord } from '../../tags';
import type { ParameterVersion, SsmHandlers, SsmState, StoredParameter } from './state';

type SsmCall = Call<SsmState>;

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

function checkNames(names: readonly string[]): void {
  const shown = `[${names.join(', ')}]`;
  if (names.length === 0)
    throw constraint(shown, 'names', 'have length greater than or equal to 1');
  if (names.length > 10) throw constraint(shown, 'names', 'have length less than or equal to 10.');
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
    checkNames(Names);
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
    checkNames(Names);
    const names = [...new Set(Names)];
    const DeletedParameters = names.filter((name) => remove(name, call));
    return {
      DeletedParameters,
      InvalidParameters: names.filter((name) => !DeletedParameters.includes(name)),
    };
  },
} satisfies SsmHandlers;

import type { Parameter } from '@aws-sdk/client-ssm';
import type { Call } from '../../call';
import { parameterArn } from './parameter-names';
import { opened } from './secure-strings';
import type { ParameterVersion, SsmState, StoredParameter } from './state';

/** A version as GetParameter shows it; a secure string stays encrypted unless it is asked for. */
export async function shownParameter(
  found: { parameter: StoredParameter; version: ParameterVersion; selector?: string },
  call: Call<SsmState>,
  decrypted: boolean | undefined,
): Promise<Parameter> {
  const { parameter, version, selector } = found;
  const isHidden = version.sealed !== undefined && !decrypted;
  return {
    Name: parameter.name,
    Type: version.type,
    Value: isHidden
      ? Buffer.from(version.sealed ?? []).toString('base64')
      : await opened(parameter.name, version, call),
    Version: version.version,
    ...(selector !== undefined && { Selector: `:${selector}` }),
    LastModifiedDate: version.modifiedAt,
    ARN: parameterArn(parameter.name, call),
    DataType: version.dataType,
  };
}

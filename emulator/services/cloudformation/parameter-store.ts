import type { Parameter, SSM } from '@aws-sdk/client-ssm';
import { validationError } from '../../cloudformation/errors';
import type { Caller } from '../../principal';
import type { CloudFormationCall } from './state';

/** Values in the Parameter Store by `name` or `name:version`; secure strings are refused. */
export async function fetchParameters(
  call: CloudFormationCall,
  caller: Caller,
  names: string[],
): Promise<Map<string, string>> {
  const parameters = await readParameters(call, caller, names);
  const secure = parameters.filter(({ Type: type }) => type === 'SecureString');
  if (secure.length > 0) {
    const list = secure.map(({ Name: name }) => name).join(', ');
    throw validationError(
      `Parameters [${list}] referenced by template have types not supported by CloudFormation.`,
    );
  }
  return new Map(parameters.map((each) => [selected(each), each.Value ?? '']));
}

/** Which of some parameters are there, by `name` or `name:version`. */
export async function existingParameters(
  call: CloudFormationCall,
  caller: Caller,
  names: string[],
): Promise<Set<string>> {
  return new Set((await readParameters(call, caller, names)).map(selected));
}

const selected = ({ Name = '', Selector = '' }: Parameter): string => `${Name}${Selector}`;

async function readParameters(
  call: CloudFormationCall,
  caller: Caller,
  wanted: string[],
): Promise<Parameter[]> {
  const names = [...new Set(wanted)];
  const found: Parameter[] = [];
  // GetParameters takes ten names at most.
  for (let start = 0; start < names.length; start += 10) {
    const Names = names.slice(start, start + 10);
    const { Parameters = [] } = await call.client<SSM>('ssm', caller).getParameters({ Names });
    found.push(...Parameters);
  }
  return found;
}

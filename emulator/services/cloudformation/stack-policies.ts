import { statementsOf } from '../../cloudformation/deployment/stack-policy';
import { validationError } from '../../cloudformation/errors';
import { getStack } from './find';
import type { CloudFormationCall, CloudFormationHandlers } from './state';
import { readTemplate } from './template-source';

export const stackPolicies = {
  async SetStackPolicy(input, call) {
    const stack = getStack(call, input.StackName);
    const { StackPolicyBody: body, StackPolicyURL: url } = input;
    const policy = await readPolicy(call, { name: 'StackPolicy', body, url });
    if (policy === undefined) {
      // Text not verified against AWS.
      throw validationError('You must specify either StackPolicyBody or StackPolicyURL');
    }
    stack.policy = policy;
  },

  GetStackPolicy({ StackName: name }, call) {
    const { policy } = getStack(call, name);
    return policy === undefined ? {} : { StackPolicyBody: policy };
  },
} satisfies CloudFormationHandlers;

interface PolicyInput {
  StackPolicyBody?: string | undefined;
  StackPolicyURL?: string | undefined;
  StackPolicyDuringUpdateBody?: string | undefined;
  StackPolicyDuringUpdateURL?: string | undefined;
}

/** The policy that a request sets for good, and the one that holds for this update only. */
export async function policiesOf(
  call: CloudFormationCall,
  input: PolicyInput,
): Promise<{ lasting: string | undefined; duringUpdate: string | undefined }> {
  return {
    lasting: await readPolicy(call, {
      name: 'StackPolicy',
      body: input.StackPolicyBody,
      url: input.StackPolicyURL,
    }),
    duringUpdate: await readPolicy(call, {
      name: 'StackPolicyDuringUpdate',
      body: input.StackPolicyDuringUpdateBody,
      url: input.StackPolicyDuringUpdateURL,
    }),
  };
}

interface Source {
  name: string;
  body: string | undefined;
  url: string | undefined;
}

async function readPolicy(
  call: CloudFormationCall,
  { name, body, url }: Source,
): Promise<string | undefined> {
  if (body && url) {
    throw validationError(`You cannot specify both ${name}URL and ${name}Body`);
  }
  const policy = url ? await readTemplate(call, { TemplateURL: url }) : body;
  if (!policy) return undefined;
  statementsOf(policy);
  return policy;
}

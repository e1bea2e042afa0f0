import type { Capability, Parameter, Tag } from '@aws-sdk/client-cloudformation';
import { validationError } from '../../cloudformation/errors';
import type { Stack, StackSettings } from '../../cloudformation/stack';
import { checkCapabilities } from '../../cloudformation/template/capabilities';
import type { Model } from '../../cloudformation/template/model';
import { resolveParameters } from '../../cloudformation/template/parameters';
import { parseTemplate } from '../../cloudformation/template/parse';
import { checkAutoExpand } from '../../cloudformation/template/transforms';
import type { Caller } from '../../principal';
import { checkedModel } from './checked-model';
import { modelOf } from './environment';
import { fetchParameters } from './parameter-store';
import type { CloudFormationCall } from './state';
import { readTemplate, storedTemplate, storeTemplate, type TemplateInput } from './template-source';

/** What CreateStack, UpdateStack and CreateChangeSet have in common. */
export interface StackInput extends TemplateInput {
  Parameters?: Parameter[] | undefined;
  Capabilities?: Capability[] | undefined;
  Tags?: Tag[] | undefined;
  RoleARN?: string | undefined;
  NotificationARNs?: string[] | undefined;
}

/** A request that was found to be in order. */
export interface Proposal {
  settings: StackSettings;
  model: Model;
  caller: Caller;
}

/** Reads and checks all that a request says of a stack, without doing any of it. */
export async function propose(
  call: CloudFormationCall,
  input: StackInput,
  stack: Stack,
): Promise<Proposal> {
  const previous = stack.status === 'REVIEW_IN_PROGRESS' ? undefined : stack.settings;
  const roleArn = input.RoleARN || stack.settings.roleArn;
  const caller = await callerFor(call, roleArn);
  const body = await readTemplate(call, input, previous?.template);
  const template = parseTemplate(body);
  const parameters = await resolveParameters(template.Parameters, {
    given: input.Parameters ?? [],
    previous: previous?.parameters ?? [],
    fetch: (names) => fetchParameters(call, caller, names),
  });
  const settings: StackSettings = {
    ...optionsOf(input, previous),
    template: storeTemplate(call, body),
    description: template.Description,
    parameters,
    roleArn,
  };
  const model = await checkedModel(call, { stack, caller, template, settings });
  checkCapabilities(model.resources.values(), settings.capabilities);
  return { settings, model, caller };
}

/** Without a change set nobody sees what a transform makes of the template. */
export const checkExpansion = ({ model, settings }: Proposal): void =>
  checkAutoExpand(model.template.Transform, settings.capabilities);

/** What a request may leave to the stack as it is; capabilities are acknowledged each time. */
const optionsOf = (input: StackInput, previous: StackSettings | undefined) => ({
  capabilities: input.Capabilities ?? [],
  tags: input.Tags ?? previous?.tags ?? [],
  notificationArns: input.NotificationARNs ?? previous?.notificationArns ?? [],
});

/** The proposal that a change set keeps, brought back to be carried out. */
export async function recall(
  call: CloudFormationCall,
  settings: StackSettings,
  stack: Stack,
): Promise<Proposal> {
  const caller = await callerFor(call, settings.roleArn);
  const template = parseTemplate(storedTemplate(call, settings.template));
  return { settings, caller, model: await modelOf(call, { stack, caller, template, settings }) };
}

/** The stack's role as cloudformation.amazonaws.com assumes it, or whoever makes the request. */
export async function callerFor(
  call: CloudFormationCall,
  roleArn: string | undefined,
): Promise<Caller> {
  if (!roleArn) return { principal: call.principal };
  try {
    return await call.assume(roleArn, 'cloudformation.amazonaws.com', 'AWSCloudFormation');
  } catch (error) {
    if (!(error instanceof Error) || !('$metadata' in error)) throw error;
    throw validationError(`Role ${roleArn} is invalid or cannot be assumed`);
  }
}

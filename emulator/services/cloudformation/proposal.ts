import type { Capability, Parameter, Tag } from '@aws-sdk/client-cloudformation';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { SSM } from '@aws-sdk/client-ssm';
import { validationError } from '../../cloudformation/errors';
import type { Stack, StackSettings } from '../../cloudformation/stack';
import { checkCapabilities } from '../../cloudformation/template/capabilities';
import { checkModel } from '../../cloudformation/template/check';
import { createModel, type Environment, type Model } from '../../cloudformation/template/model';
import { resolveParameters } from '../../cloudformation/template/parameters';
import { parseTemplate } from '../../cloudformation/template/parse';
import type { Template } from '../../cloudformation/template/template';
import { Unknown } from '../../cloudformation/template/unknown';
import type { Caller } from '../../principal';
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
  const model = await modelOf(call, { stack, caller, template, settings });
  checkModel(model);
  checkCapabilities(model.resources.values(), settings.capabilities);
  return { settings, model, caller };
}

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

async function fetchParameters(
  call: CloudFormationCall,
  caller: Caller,
  names: string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  // GetParameters takes ten names at most.
  for (let start = 0; start < names.length; start += 10) {
    const Names = names.slice(start, start + 10);
    const { Parameters = [] } = await call.client<SSM>('ssm', caller).getParameters({ Names });
    for (const { Name = '', Value = '' } of Parameters) found.set(Name, Value);
  }
  return found;
}

interface Surroundings {
  stack: Stack;
  caller: Caller;
  template: Template;
  settings: StackSettings;
}

async function modelOf(call: CloudFormationCall, surroundings: Surroundings): Promise<Model> {
  const { template, settings } = surroundings;
  return createModel(template, settings.parameters, await environmentOf(call, surroundings));
}

async function environmentOf(
  call: CloudFormationCall,
  { stack, caller, template, settings }: Surroundings,
): Promise<Environment> {
  const zones = await zonesFor(call, caller, template);
  return {
    accountId: call.accountId,
    region: call.region,
    stackName: stack.name,
    stackId: stack.id,
    notificationArns: settings.notificationArns,
    importValue: (name) =>
      call.state.exports.get(name)?.value ??
      new Unknown([{ source: 'ResourceReference', entity: name }]),
    zones(region) {
      if (region === call.region) return zones;
      throw validationError(`Fn::GetAZs of another Region (${region}) is not emulated`);
    },
  };
}

/** Asked for only by templates that use Fn::GetAZs. */
async function zonesFor(call: CloudFormationCall, caller: Caller, template: Template) {
  if (!JSON.stringify(template).includes('"Fn::GetAZs"')) return [];
  const answer = await call.client<EC2>('ec2', caller).describeAvailabilityZones({});
  return (answer.AvailabilityZones ?? []).flatMap(({ ZoneName: name }) => name ?? []);
}

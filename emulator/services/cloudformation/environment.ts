import type { EC2 } from '@aws-sdk/client-ec2';
import type { Stack, StackSettings } from '../../cloudformation/stack';
import { createModel, type Environment, type Model } from '../../cloudformation/template/model';
import type { ParameterFact } from '../../cloudformation/template/scope';
import type { Template } from '../../cloudformation/template/template';
import { Unknown } from '../../cloudformation/template/unknown';
import type { Caller } from '../../principal';
import type { CloudFormationCall } from './state';

/** What a template is evaluated with. */
export interface Surroundings {
  stack: Pick<Stack, 'name' | 'id'>;
  caller: Caller;
  template: Template;
  settings: StackSettings;
  /** What parameters of AWS-specific types name, for the rules; needed once, before all else. */
  facts?: Map<string, ParameterFact[]>;
}

/** The template of a stack in the place where it is to be deployed. */
export async function modelOf(
  call: CloudFormationCall,
  surroundings: Surroundings,
): Promise<Model> {
  const { template, settings } = surroundings;
  return createModel(template, settings.parameters, await environmentOf(call, surroundings));
}

async function environmentOf(
  call: CloudFormationCall,
  { stack, caller, template, settings, facts = new Map() }: Surroundings,
): Promise<Environment> {
  const zones = await zonesFor(call, caller, template);
  return {
    accountId: call.accountId,
    region: call.region,
    stackName: stack.name,
    stackId: stack.id,
    notificationArns: settings.notificationArns,
    facts,
    importValue: (name) =>
      call.state.exports.get(name)?.value ??
      new Unknown([{ source: 'ResourceReference', entity: name }]),
    // Of another Region CloudFormation answers an empty list.
    zones: (region) => (region === call.region ? zones : []),
  };
}

/** Asked for only by templates that use Fn::GetAZs. */
async function zonesFor(call: CloudFormationCall, caller: Caller, template: Template) {
  if (!JSON.stringify(template).includes('"Fn::GetAZs"')) return [];
  const answer = await call.client<EC2>('ec2', caller).describeAvailabilityZones({});
  return (answer.AvailabilityZones ?? []).flatMap(({ ZoneName: name }) => name ?? []);
}

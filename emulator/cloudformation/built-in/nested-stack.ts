import type { Tag } from '@aws-sdk/client-cloudformation';
import { newStack, register } from '../../services/cloudformation/new-stack';
import { type Proposal, propose } from '../../services/cloudformation/proposal';
import { applyUpdate, checkpointOf, createStack, deleteStack } from '../deployment/deploy';
import { checkInUse } from '../deployment/outputs';
import type { Run } from '../deployment/run';
import { hasChanges } from '../planning/has-changes';
import type { Properties, Provided, ProviderContext, ResourceProvider } from '../provider';

import type { Stack } from '../stack';
import { isRecord } from '../template/template';
import { text } from '../template/text';
import { childOf, inside, notUpdated, whyOf } from './child';

/** A stack inside a stack: it acts as its parent does, and goes back when the parent does. */
export const nestedStack = (run: Run): ResourceProvider => ({
  async create(properties, context) {
    const { call, stack: parent } = run;
    const child = newStack(call, context.physicalName(128));
    child.parentId = parent.id;
    child.rootId = parent.rootId ?? parent.id;
    child.onFailure = 'DO_NOTHING';
    const minutes = properties['TimeoutInMinutes'];
    if (minutes !== undefined) child.timeoutInMinutes = Number(minutes);
    const proposal = await propose(call, requestOf(run, properties), child);
    register(call, child);
    child.settings = proposal.settings;
    run.begun?.(child.id);
    await inside(run, child, (own) =>
      createStack({ ...own, caller: proposal.caller }, proposal.model),
    );
    if (child.status === 'CREATE_COMPLETE') return provided(child);
    throw new Error(`Embedded stack ${child.id} was not successfully created: ${whyOf(child)}`);
  },

  async update(physicalId, { properties }, _context: ProviderContext) {
    const child = childOf(run, physicalId);
    const proposal = await propose(run.call, requestOf(run, properties), child);
    if (!hasChanges({ ...proposal, call: run.call, stack: child })) return provided(child);
    await updateChild(run, child, proposal);
    if (child.status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') return provided(child);
    throw notUpdated(child);
  },

  async delete(physicalId) {
    const child = run.call.state.stacks.get(physicalId);
    if (!child || isDeleted(child)) return;
    checkInUse(run.call.state, child, []);
    await inside(run, child, (own) => deleteStack(own, { reason: 'User Initiated' }));
    if (isDeleted(child)) return;
    throw new Error(`Embedded stack ${child.id} was not successfully deleted: ${whyOf(child)}`);
  },
});

/** The clean-up waits for the parent's own, because the parent may still go back. */
async function updateChild(run: Run, child: Stack, proposal: Proposal): Promise<void> {
  child.checkpoint = checkpointOf(child);
  child.settings = proposal.settings;
  child.updatedAt = run.call.now();
  child.onFailure = run.stack.onFailure;
  await inside(run, child, (own) =>
    applyUpdate({ ...own, caller: proposal.caller }, proposal.model),
  );
}

const isDeleted = ({ status }: Stack): boolean => status === 'DELETE_COMPLETE';

const provided = (child: Stack): Provided => ({
  physicalId: child.id,
  attributes: Object.fromEntries(
    child.outputs.map(({ OutputKey: key, OutputValue: value }) => [`Outputs.${key}`, value]),
  ),
});

function requestOf({ stack }: Run, properties: Properties) {
  const { TemplateURL: url, Parameters: parameters, NotificationARNs: topics } = properties;
  const { capabilities, roleArn, tags } = stack.settings;
  return {
    TemplateURL: text(url),
    Parameters: Object.entries(isRecord(parameters) ? parameters : {}).map(([key, value]) => ({
      ParameterKey: key,
      ParameterValue: [value].flat().map(text).join(','),
    })),
    Capabilities: capabilities,
    NotificationARNs: [topics ?? []].flat().map(text),
    Tags: merged(tags, properties['Tags']),
    RoleARN: roleArn,
  };
}

/** The resource's own tags over those of the parent stack. */
function merged(ofParent: Tag[], own: unknown): Tag[] {
  const tags = new Map(ofParent.map(({ Key = '', Value = '' }) => [Key, Value]));
  for (const tag of [own ?? []].flat()) {
    if (isRecord(tag)) tags.set(text(tag['Key']), text(tag['Value']));
  }
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

import type { SNS } from '@aws-sdk/client-sns';
import type { SQS } from '@aws-sdk/client-sqs';
import { queueUrlAt } from '../../queue-address';
import { end, activityOf } from './activities';
import { actionDetail, emitAction } from './events';
import { type AutoScalingCall, changed, type Group, type Hook, type Member } from './state';

/** Seconds: the longest that hooks hold an instance, whatever the heartbeats. */
export const globalTimeout = ({ heartbeat }: Hook): number => Math.min(172_800, 100 * heartbeat);

const after = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000);

const timerOf = ({ id }: Member) => `heartbeat/${id}`;

/** Sets the clock to the action's deadline. */
function arm(call: AutoScalingCall, group: Group, member: Member): void {
  const { action } = member;
  if (!action) return;
  const payload: Overdue = { group: group.name, instance: member.id, token: action.token };
  call.timers.set({ name: 'heartbeat', id: timerOf(member), at: action.deadline, payload });
}

export interface Overdue {
  group: string;
  instance: string;
  token: string;
}

async function notify(call: AutoScalingCall, hook: Hook, message: object): Promise<void> {
  const { targetArn, roleArn } = hook;
  if (targetArn === undefined) return;
  const caller = roleArn
    ? await call.assume(roleArn, 'autoscaling.amazonaws.com', 'AutoScaling')
    : call.asService('autoscaling.amazonaws.com');
  const Message = JSON.stringify(message);
  if (targetArn.split(':')[2] === 'sns')
    await call.client<SNS>('sns', caller).publish({ TopicArn: targetArn, Message });
  else {
    const [, , , , accountId = '', name = ''] = targetArn.split(':');
    const QueueUrl = queueUrlAt(call.endpoint, { accountId, name });
    await call.client<SQS>('sqs', caller).sendMessage({ QueueUrl, MessageBody: Message });
  }
}

/** Sends to a hook's topic or queue; AWS does not say where that fails. */
export function tell(call: AutoScalingCall, hook: Hook, message: object): void {
  call.background(async () => {
    try {
      await notify(call, hook, message);
    } catch (error) {
      if (!(error instanceof Error && '$fault' in error)) throw error;
    }
  });
}

/** Has an instance wait for its next hook; false when there is none left. */
export function waitForNext(call: AutoScalingCall, group: Group, member: Member): boolean {
  const hook = nextHook(group, member);
  if (!hook) return false;
  const isLaunch = hook.transition === 'autoscaling:EC2_INSTANCE_LAUNCHING';
  member.lifecycle = isLaunch ? 'Pending:Wait' : 'Terminating:Wait';
  const now = call.now();
  member.action = {
    hook: hook.name,
    token: call.random.uuid(),
    deadline: after(now, hook.heartbeat),
    latest: after(now, globalTimeout(hook)),
  };
  arm(call, group, member);
  emitAction(call, { group, member, hook });
  tell(call, hook, {
    Service: 'AWS Auto Scaling',
    Time: now.toISOString(),
    AccountId: call.accountId,
    RequestId: call.random.uuid(),
    ...actionDetail(group, member, hook),
  });
  return true;
}

/** The first hook that is still to come and was not deleted meanwhile. */
function nextHook(group: Group, member: Member): Hook | undefined {
  while (member.hooksLeft.length > 0) {
    const hook = group.hooks.get(member.hooksLeft.shift() ?? '');
    if (hook) return hook;
  }
  return undefined;
}

/** The names of the hooks of a transition, in the order they were put. */
export const hooksOf = (group: Group, transition: Hook['transition']): string[] =>
  [...group.hooks.values()]
    .filter((hook) => hook.transition === transition)
    .map(({ name }) => name);

/** Puts the deadline off by the hook's heartbeat, never beyond the global timeout. */
export function beat(call: AutoScalingCall, group: Group, member: Member): void {
  const { action } = member;
  const hook = action && group.hooks.get(action.hook);
  if (!hook) return;
  const wanted = after(call.now(), hook.heartbeat);
  action.deadline = wanted < action.latest ? wanted : action.latest;
  arm(call, group, member);
}

interface Completion {
  group: Group;
  member: Member;
  result: 'CONTINUE' | 'ABANDON';
  /** `Lifecycle Action Completed with ABANDON Result` */
  why: string;
}

/** Ends a wait: on to the next hook, into service or out of the group. */
export function complete(call: AutoScalingCall, completion: Completion): void {
  const { group, member, result, why } = completion;
  call.timers.cancel(timerOf(member));
  delete member.action;
  const isLaunch = member.lifecycle === 'Pending:Wait';
  if (result === 'ABANDON') {
    member.hooksLeft = [];
    if (isLaunch) {
      const message = `Instance ${member.id} was abandoned: ${why}`;
      end(call, activityOf(group, member), { status: 'Cancelled', message });
      member.leaving = 'an instance was taken out of service in response to an abandoned launch.';
    }
  }
  const isOn = result === 'CONTINUE' && waitForNext(call, group, member);
  if (!isOn)
    member.lifecycle =
      isLaunch && result === 'CONTINUE' ? 'Pending:Proceed' : 'Terminating:Proceed';
  changed(call, group);
}

/** What is due when nobody completes an action: its hook's default result. */
export function heartbeat({ group: name, instance, token }: Overdue, call: AutoScalingCall): void {
  const group = call.state.groups.get(name);
  const member = group?.members.get(instance);
  if (!group || !member?.action || member.action.token !== token) return;
  const result = group.hooks.get(member.action.hook)?.defaultResult ?? 'ABANDON';
  const why = `Lifecycle Action Completed with ${result} Result because of heartbeat timeout`; // text unverified
  complete(call, { group, member, result, why });
}

import { notEmulated, validationError } from '../errors';
import { actionKinds, refusedActions } from './kinds';

const mostActions = 5;

type Lists = Partial<
  Record<'OKActions' | 'AlarmActions' | 'InsufficientDataActions', string[] | undefined>
>;

/** Checks the actions of an alarm before it is kept. */
export function checkActions(lists: Lists, kind: 'MetricAlarm' | 'CompositeAlarm'): void {
  for (const name of ['OKActions', 'AlarmActions', 'InsufficientDataActions'] as const) {
    const actions = lists[name] ?? [];
    if (actions.length > mostActions)
      throw validationError(
        `The collection ${name} must not have a size greater than ${mostActions}.`, // text unverified
      );
    for (const arn of actions) checkAction(arn, kind);
  }
}

function checkAction(arn: string, kind: 'MetricAlarm' | 'CompositeAlarm'): void {
  const refused = refusedActions.find(([pattern]) => pattern.test(arn));
  if (refused) throw notEmulated(refused[1]);
  const found = actionKinds.find(({ pattern }) => pattern.test(arn));
  if (!found) throw validationError(`Invalid arn syntax: ${arn}`);
  if (kind === 'CompositeAlarm' && !found.isForComposites)
    throw validationError(`Action ${arn} is not supported for composite alarms.`); // text unverified
}

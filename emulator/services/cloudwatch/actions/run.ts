import { actionsFor, areActionsEnabled, type Alarm, type AlarmState } from '../alarms/alarm';
import { remember } from '../alarms/history';
import type { CloudWatchCall } from '../state';
import { actionKinds } from './kinds';
import type { Happening } from './message';

/** Takes the actions of the state that an alarm has gone into; how each went stands in its history. */
export function takeActions(alarm: Alarm, before: AlarmState, call: CloudWatchCall): void {
  if (!areActionsEnabled(alarm)) return;
  const { accountId, region } = call;
  const happening = { alarm: { ...alarm, state: { ...alarm.state } }, before, accountId, region };
  for (const arn of actionsFor(alarm, alarm.state.value))
    call.background(() => takeAction(arn, happening, call));
}

async function takeAction(arn: string, happening: Happening, call: CloudWatchCall): Promise<void> {
  const { alarm } = happening;
  const told = {
    notificationResource: arn,
    stateUpdateTimestamp: alarm.state.updatedAt,
  };
  try {
    const kind = actionKinds.find(({ pattern }) => pattern.test(arn));
    const done = await kind?.run(arn, happening, call);
    remember(
      alarm,
      {
        type: 'Action',
        summary: `Successfully executed action ${arn}`,
        data: { actionState: 'Succeeded', ...told, ...done },
      },
      call,
    );
  } catch (error) {
    const { message } = answerOf(error);
    remember(
      alarm,
      {
        type: 'Action',
        summary: `Failed to execute action ${arn}. Received error: "${message}"`,
        data: { actionState: 'Failed', ...told, error: message },
      },
      call,
    );
  }
  call.touch();
}

/** What another service answered; anything else is a mistake of ours. */
function answerOf(error: unknown): Error {
  if (error instanceof Error && '$fault' in error) return error;
  throw error;
}

import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Call } from '../call';
import type { Log } from '../state/log';

/** The events of all stacks, by the stack's id. */
export const eventsOf = (call: Pick<Call, 'log'>): Log<StackEvent> =>
  call.log<StackEvent>('events');

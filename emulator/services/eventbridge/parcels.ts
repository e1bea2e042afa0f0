import type { EventBridge } from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../arn';
import { awsError } from '../../errors';
import type { Caller } from '../../principal';
import type { EventBridgeCall, Parcel } from './state';

interface Address {
  busArn: string;
  caller: Caller;
}

/**
 * Puts an event as it is on a bus of any account or Region, with the rights of the caller. The
 * entry names it by a ticket, since PutEvents itself would make a new event of another account.
 */
export async function send(
  parcel: Parcel,
  { busArn, caller }: Address,
  call: EventBridgeCall,
): Promise<void> {
  const { region = call.region } = parseArn(busArn) ?? {};
  const parcels = parcelsAt(busArn, call);
  const ticket = call.random.uuid();
  parcels.set(ticket, parcel);
  try {
    await call.client<EventBridge>('eventbridge', { ...caller, region }).putEvents({
      Entries: [
        {
          Source: parcel.event.source,
          DetailType: parcel.event['detail-type'],
          Detail: '{}',
          EventBusName: busArn,
          TraceHeader: ticket,
        },
      ],
    });
  } finally {
    parcels.delete(ticket);
  }
}

/** The event that an entry's ticket stands for. */
export const parcelOf = (
  { EventBusName: busArn = '', TraceHeader: ticket = '' }: Ticketed,
  call: EventBridgeCall,
): Parcel | undefined => (parseArn(busArn) ? parcelsAt(busArn, call).get(ticket) : undefined);

interface Ticketed {
  EventBusName?: string | undefined;
  TraceHeader?: string | undefined;
}

function parcelsAt(busArn: string, call: EventBridgeCall): Map<string, Parcel> {
  const { region, accountId } = parseArn(busArn) ?? {};
  if (!region || !accountId) throw awsError('ValidationException', `${busArn} names no event bus.`);
  const state = call.stateOf(accountId, region);
  state.parcels ??= new Map();
  return state.parcels;
}

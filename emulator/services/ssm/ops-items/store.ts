import {
  OpsItemAlreadyExistsException,
  OpsItemNotFoundException,
  type OpsItem,
  type OpsItemDataValue,
} from '@aws-sdk/client-ssm';
import type { Call } from '../../../call';
import { parseObject } from '../../../json';
import { refuse } from '../../../refuse';
import { constraint } from '../constraints';
import type { SsmState } from '../state';

/** An OpsItem as OpsCenter keeps it. */
export interface StoredOpsItem {
  id: string;
  title: string;
  description: string;
  source: string;
  status: NonNullable<OpsItem['Status']>;
  type: string;
  priority?: number | undefined;
  category?: string | undefined;
  severity?: string | undefined;
  data: Record<string, OpsItemDataValue>;
  notifications: OpsItem['Notifications'];
  related: OpsItem['RelatedOpsItems'];
  times: Pick<OpsItem, (typeof timeMembers)[number]>;
  tags: Record<string, string>;
  createdBy: string;
  createdAt: Date;
  modifiedBy: string;
  modifiedAt: Date;
}

/** When the matter itself began and ended, as whoever reports it says. */
export const timeMembers = [
  'ActualStartTime',
  'ActualEndTime',
  'PlannedStartTime',
  'PlannedEndTime',
] as const;

/** Under this key an OpsItem says what makes another one its double. */
export const dedupKey = '/aws/dedup';
export const resourcesKey = '/aws/resources';

/** All that stands in an account and Region; states of earlier versions have none. */
export const opsItemsOf = (state: SsmState): Map<string, StoredOpsItem> =>
  (state.opsItems ??= new Map());

export const opsItemArn = (id: string, { arn }: Pick<Call, 'arn'>): string => arn(`opsitem/${id}`);

/** Refuses an id of another form than `oi-0123456789ab`. */
export function checkId(id: string): void {
  if (!/^oi-[0-9a-f]{12}$/.test(id))
    throw constraint(id, 'opsItemId', 'satisfy regular expression pattern: ^(oi)-[0-9a-f]{12}$');
}

export function requireOpsItem(id: string, { state }: Call<SsmState>): StoredOpsItem {
  checkId(id);
  const item = opsItemsOf(state).get(id);
  if (item) return item;
  // The text is not verified.
  throw refuse(OpsItemNotFoundException, `The specified OpsItem ID ${id} doesn't exist.`);
}

/** The resources that an OpsItem names under `/aws/resources`. */
export const resourcesOf = ({ data }: Pick<StoredOpsItem, 'data'>): string[] => {
  const list: unknown = parseList(data[resourcesKey]?.Value ?? '[]');
  return Array.isArray(list) ? list.map(({ arn }: { arn?: string }) => String(arn)) : [];
};

/**
 * Refuses the double of an OpsItem that is still open: the same deduplication string and the same
 * resource. Without a string nothing is a double.
 */
export function refuseDouble(data: StoredOpsItem['data'], { state }: Call<SsmState>): void {
  const wanted = dedupOf({ data });
  if (wanted === undefined) return;
  const double = [...opsItemsOf(state).values()].find(
    (item) => item.status !== 'Resolved' && item.status !== 'Closed' && dedupOf(item) === wanted,
  );
  if (!double) return;
  // The text is not verified.
  const message = 'An OpsItem with the same deduplication string is already open.';
  throw Object.assign(refuse(OpsItemAlreadyExistsException, message), { OpsItemId: double.id });
}

// --- internal ---

function dedupOf(item: Pick<StoredOpsItem, 'data'>): string | undefined {
  const text = item.data[dedupKey]?.Value;
  if (text === undefined) return undefined;
  const { dedupString = text } = parseObject(text) ?? {};
  return JSON.stringify([dedupString, resourcesOf(item)[0]]);
}

function parseList(text: string): unknown {
  return parseObject(`{"list":${text}}`)?.['list'];
}

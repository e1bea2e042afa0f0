import type { CreateOpsItemRequest, OpsItem, UpdateOpsItemRequest } from '@aws-sdk/client-ssm';
import type { Call } from '../../../call';
import { tagRecord } from '../../../tags';
import type { SsmHandlers, SsmState } from '../state';
import { checkOpsItem, checkStatus, invalid, timesIn } from './input';
import { notifyOpsItem, opsItemType } from './notify';
import {
  checkId,
  dedupKey,
  opsItemArn,
  opsItemsOf,
  refuseDouble,
  requireOpsItem,
  type StoredOpsItem,
} from './store';

type SsmCall = Call<SsmState>;

function make(input: CreateOpsItemRequest, call: SsmCall): StoredOpsItem {
  const { Title = '', Description = '', Source = '', OperationalData: data = {} } = input;
  const by = call.principal.arn;
  return {
    id: `oi-${call.random.hex(12)}`,
    title: Title,
    description: Description,
    source: Source,
    status: 'Open',
    type: input.OpsItemType ?? '/aws/issue',
    priority: input.Priority,
    category: input.Category,
    severity: input.Severity,
    data,
    notifications: input.Notifications ?? [],
    related: input.RelatedOpsItems ?? [],
    times: timesIn(input),
    tags: tagRecord(input.Tags),
    createdBy: by,
    createdAt: call.now(),
    modifiedBy: by,
    modifiedAt: call.now(),
  };
}

/** What only this operation shows: all of the operational data, and what hangs on the item. */
const shown = (item: StoredOpsItem, call: SsmCall): OpsItem => ({
  OpsItemId: item.id,
  OpsItemArn: opsItemArn(item.id, call),
  OpsItemType: item.type,
  Title: item.title,
  Description: item.description,
  Source: item.source,
  Status: item.status,
  Priority: item.priority,
  Category: item.category,
  Severity: item.severity,
  OperationalData: item.data,
  Notifications: item.notifications,
  RelatedOpsItems: item.related,
  ...item.times,
  CreatedBy: item.createdBy,
  CreatedTime: item.createdAt,
  LastModifiedBy: item.modifiedBy,
  LastModifiedTime: item.modifiedAt,
  Version: '1',
});

/** Members that a change replaces, by their names in the API. */
const replaced = {
  Title: 'title',
  Description: 'description',
  Status: 'status',
  Priority: 'priority',
  Category: 'category',
  Severity: 'severity',
  Notifications: 'notifications',
  RelatedOpsItems: 'related',
} as const;

function change(item: StoredOpsItem, input: UpdateOpsItemRequest): void {
  const { OperationalData = {}, OperationalDataToDelete = [] } = input;
  if (dedupKey in OperationalData || OperationalDataToDelete.includes(dedupKey)) {
    // The text is not verified.
    throw invalid(['OperationalData'], 'The deduplication string of an OpsItem cannot be changed.');
  }
  const given = Object.entries(replaced).flatMap(([name, member]) => {
    const value = input[name as keyof typeof replaced];
    return value === undefined ? [] : [[member, value]];
  });
  Object.assign(item, Object.fromEntries(given));
  Object.assign(item.times, timesIn(input));
  const kept = Object.entries(item.data).filter(([key]) => !OperationalDataToDelete.includes(key));
  item.data = { ...Object.fromEntries(kept), ...OperationalData };
}

export const opsItems = {
  CreateOpsItem(input, call) {
    checkOpsItem(input);
    refuseDouble(input.OperationalData ?? {}, call);
    const item = make(input, call);
    opsItemsOf(call.state).set(item.id, item);
    notifyOpsItem(item, 'Create', call);
    return { OpsItemId: item.id, OpsItemArn: opsItemArn(item.id, call) };
  },

  GetOpsItem({ OpsItemId: id = '' }, call) {
    return { OpsItem: shown(requireOpsItem(id, call), call) };
  },

  UpdateOpsItem(input, call) {
    const item = requireOpsItem(input.OpsItemId ?? '', call);
    checkOpsItem(input);
    checkStatus(input);
    change(item, input);
    item.modifiedBy = call.principal.arn;
    item.modifiedAt = call.now();
    notifyOpsItem(item, 'Update', call);
    return {};
  },

  /** Deleting what is not there is no error. */
  DeleteOpsItem({ OpsItemId: id = '' }, call) {
    checkId(id);
    if (opsItemsOf(call.state).delete(id)) call.announce({ kind: 'DELETE', type: opsItemType, id });
    return {};
  },
} satisfies SsmHandlers;

type Text = string | undefined;

export interface Target {
  TargetType?: Text;
  TargetAddress?: Text;
}

export interface TargetSummary extends Target {
  TargetStatus?: TargetStatus | undefined;
}

export type TargetStatus = 'PENDING' | 'ACTIVE' | 'UNREACHABLE' | 'INACTIVE' | 'DEACTIVATED';

export interface EventTypeSummary {
  EventTypeId: string;
  ServiceName: string;
  EventTypeName: string;
  ResourceType: string;
}

export interface Filter {
  Name?: Text;
  Value?: Text;
}

interface Page {
  Filters?: Filter[] | undefined;
  NextToken?: Text;
  MaxResults?: number | undefined;
}

interface OfRule {
  Arn?: Text;
}

type Tags = Record<string, string>;

export interface RuleSettings {
  Name?: Text;
  Status?: Text;
  EventTypeIds?: string[] | undefined;
  Targets?: Target[] | undefined;
  DetailType?: Text;
}

export interface CreateRule extends RuleSettings {
  Resource?: Text;
  ClientRequestToken?: Text;
  Tags?: Tags | undefined;
}

export interface DescribedRule extends Omit<RuleSettings, 'EventTypeIds' | 'Targets'> {
  Arn: string;
  EventTypes: EventTypeSummary[];
  Resource: string;
  Targets: TargetSummary[];
  CreatedBy: string;
  CreatedTimestamp: Date;
  LastModifiedTimestamp: Date;
  Tags: Tags;
}

/** An operation of an aggregated client: its last form is the one that types handlers. */
interface Operation<I, O> {
  (input: I): Promise<O>;
  (input: I, options: object, done: (error: unknown, output?: O) => void): void;
}

type Nothing = Record<string, never>;

/** Both ends of every operation of AWS CodeStar Notifications. */
export interface CodeStarNotificationsApi {
  createNotificationRule: Operation<CreateRule, OfRule>;
  deleteNotificationRule: Operation<OfRule, OfRule>;
  deleteTarget: Operation<{ TargetAddress?: Text; ForceUnsubscribeAll?: boolean }, Nothing>;
  describeNotificationRule: Operation<OfRule, DescribedRule>;
  listEventTypes: Operation<Page, { EventTypes?: EventTypeSummary[]; NextToken?: Text }>;
  listNotificationRules: Operation<
    Page,
    { NotificationRules?: { Id: string; Arn: string }[]; NextToken?: Text }
  >;
  listTagsForResource: Operation<OfRule, { Tags?: Tags }>;
  listTargets: Operation<Page, { Targets?: TargetSummary[]; NextToken?: Text }>;
  subscribe: Operation<OfRule & { Target?: Target; ClientRequestToken?: Text }, OfRule>;
  tagResource: Operation<OfRule & { Tags?: Tags }, { Tags?: Tags }>;
  unsubscribe: Operation<OfRule & { TargetAddress?: Text }, OfRule>;
  untagResource: Operation<OfRule & { TagKeys?: string[] }, Nothing>;
  updateNotificationRule: Operation<OfRule & RuleSettings, Nothing>;
}

import type { Call } from '../../call';
import type { Handlers } from '../../service';
import type {
  CodeStarNotificationsApi,
  TargetStatus,
} from '../../../sdk/codestar-notifications/api';

export interface Rule {
  id: string;
  arn: string;
  name: string;
  eventTypeIds: string[];
  resource: string;
  /** ARNs of topics, in their order. */
  targets: string[];
  detailType: string;
  status: string;
  tags: Record<string, string>;
  createdBy: string;
  createdAt: Date;
  modifiedAt: Date;
}

export interface NotificationsState {
  /** By ARN. */
  rules: Map<string, Rule>;
  /** How each topic that ever was a target can be reached; it stays until DeleteTarget. */
  targets: Map<string, TargetStatus>;
}

export const createState = (): NotificationsState => ({ rules: new Map(), targets: new Map() });

export type NotificationsHandlers = Handlers<CodeStarNotificationsApi, NotificationsState>;
export type NotificationsCall = Call<NotificationsState>;

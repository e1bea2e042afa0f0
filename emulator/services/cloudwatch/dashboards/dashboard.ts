import type { CloudWatchCall } from '../state';

export interface Dashboard {
  name: string;
  arn: string;
  body: string;
  tags: Record<string, string>;
  /** Milliseconds. */
  modifiedAt: number;
}

/** Dashboards belong to the account: every Region shows the same ones. */
export const dashboardsOf = (call: CloudWatchCall): Map<string, Dashboard> =>
  call.stateOf(call.accountId, 'us-east-1').dashboards;

export const dashboardArn = (name: string, { accountId }: CloudWatchCall): string =>
  `arn:aws:cloudwatch::${accountId}:dashboard/${name}`;

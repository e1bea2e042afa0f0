import { DashboardInvalidInputError, DashboardNotFoundError } from '@aws-sdk/client-cloudwatch';
import { paginate } from '../../../paginate';
import { refuse } from '../../../refuse';
import { tagRecord } from '../../../tags';
import { invalidValue, missingParameter } from '../errors';
import type { CloudWatchCall, CloudWatchHandlers } from '../state';
import { invalidRequestToken } from '../tokens';
import { type Dashboard, dashboardArn, dashboardsOf } from './dashboard';
import { findingsIn } from './validate';

export const dashboards = {
  PutDashboard({ DashboardName: name, DashboardBody: body, Tags }, call) {
    checkName(name);
    if (!body) throw missingParameter('DashboardBody');
    const { errors, warnings } = findingsIn(body);
    if (errors.length > 0) throw invalidBody(errors);
    const known = dashboardsOf(call).get(name);
    dashboardsOf(call).set(name, {
      name,
      arn: dashboardArn(name, call),
      body,
      tags: known?.tags ?? tagRecord(Tags),
      modifiedAt: call.now().getTime(),
    });
    announce(known ? 'UPDATE' : 'CREATE', name, call);
    return { DashboardValidationMessages: warnings };
  },

  GetDashboard({ DashboardName: name = '' }, call) {
    const { arn, body } = find(name, call);
    return { DashboardArn: arn, DashboardBody: body, DashboardName: name };
  },

  ListDashboards({ DashboardNamePrefix: prefix = '', NextToken }, call) {
    const found = [...dashboardsOf(call).values()]
      .filter(({ name }) => name.startsWith(prefix))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
    const { page, next } = paginate(found, NextToken, { max: 1000, invalid: invalidRequestToken });
    return {
      DashboardEntries: page.map(({ name, arn, body, modifiedAt }) => ({
        DashboardName: name,
        DashboardArn: arn,
        LastModified: new Date(modifiedAt),
        Size: Buffer.byteLength(body),
      })),
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },

  /** As many of them as there are, and then the error about the others. */
  DeleteDashboards({ DashboardNames: names = [] }, call) {
    const absent = names.filter((name) => !dashboardsOf(call).has(name));
    for (const name of names) if (dashboardsOf(call).delete(name)) announce('DELETE', name, call);
    if (absent.length > 0)
      throw refuse(
        DashboardNotFoundError,
        `The specified dashboard does not exist. [${absent.join(', ')}]`,
      );
  },
} satisfies CloudWatchHandlers;

function checkName(name: string | undefined): asserts name is string {
  if (!name || !/^[\w-]{1,255}$/.test(name))
    // The line ends as AWS ends it.
    throw invalidValue(
      'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
    );
}

function find(name: string, call: CloudWatchCall): Dashboard {
  const dashboard = dashboardsOf(call).get(name);
  if (!dashboard) throw refuse(DashboardNotFoundError, `Dashboard ${name} does not exist`);
  return dashboard;
}

function invalidBody(
  errors: { DataPath?: string | undefined; Message?: string | undefined }[],
): Error {
  const list = errors.map(({ DataPath, Message }) => ({ dataPath: DataPath, message: Message }));
  const error = refuse(
    DashboardInvalidInputError,
    `The dashboard body is invalid, there are ${errors.length} validation errors:\n${JSON.stringify(list, undefined, 2)}`,
  );
  error.dashboardValidationMessages = errors;
  return error;
}

const announce = (kind: 'CREATE' | 'UPDATE' | 'DELETE', id: string, call: CloudWatchCall): void =>
  call.announce({ kind, type: 'AWS::CloudWatch::Dashboard', id });

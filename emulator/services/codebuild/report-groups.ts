import {
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-codebuild';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { invalid } from './project-input';
import type { CodeBuildCall, CodeBuildHandlers } from './state';

export const reportGroups = {
  CreateReportGroup({ name = '', type, exportConfig, tags = [] }, call) {
    const arn = call.arn(`report-group/${name}`);
    // text unverified
    if (exportConfig?.exportConfigType === 'S3')
      throw invalid('Export of reports to S3 is not emulated');
    if (call.state.groups.has(name))
      throw refuse(ResourceAlreadyExistsException, `Report group already exists: ${arn}`); // text unverified
    const group = {
      arn,
      name,
      type,
      exportConfig,
      created: call.now(),
      lastModified: call.now(),
      tags,
      status: 'ACTIVE' as const,
    };
    call.state.groups.set(name, group);
    announce('CREATE', arn, call);
    return { reportGroup: group };
  },

  UpdateReportGroup({ arn, tags }, call) {
    const group = findGroup(arn, call);
    if (tags !== undefined) group.tags = tags;
    group.lastModified = call.now();
    announce('UPDATE', group.arn, call);
    return { reportGroup: group };
  },

  DeleteReportGroup({ arn, deleteReports = false }, call) {
    const group = findGroup(arn, call);
    const own = [...call.state.reports.values()].filter(
      ({ info }) => info.reportGroupArn === group.arn,
    );
    // text unverified
    if (own.length > 0 && !deleteReports)
      throw invalid(`The report group ${group.arn} has reports: delete them or set deleteReports`);
    for (const { info } of own) call.state.reports.delete(info.arn);
    call.state.groups.delete(group.name);
    announce('DELETE', group.arn, call);
    return {};
  },

  BatchGetReportGroups({ reportGroupArns = [] }, { state }) {
    const all = [...state.groups.values()];
    const found = all.filter(({ arn }) => reportGroupArns.includes(arn));
    const known = new Set(found.map(({ arn }) => arn));
    return {
      reportGroups: found,
      reportGroupsNotFound: reportGroupArns.filter((arn) => !known.has(arn)),
    };
  },

  ListReportGroups({ nextToken, maxResults = 100 }, { state }) {
    const arns = [...state.groups.values()].map(({ arn }) => arn);
    const { page, next } = paginate(arns, nextToken, maxResults);
    return { reportGroups: page, ...(next === undefined ? {} : { nextToken: next }) };
  },

  ListReports({ nextToken, maxResults = 100 }, { state }) {
    const { page, next } = paginate([...state.reports.keys()].toReversed(), nextToken, maxResults);
    return { reports: page, ...(next === undefined ? {} : { nextToken: next }) };
  },

  ListReportsForReportGroup({ reportGroupArn, nextToken, maxResults = 100 }, call) {
    const group = findGroup(reportGroupArn, call);
    const arns = [...call.state.reports.values()]
      .filter(({ info }) => info.reportGroupArn === group.arn)
      .map(({ info }) => info.arn)
      .toReversed();
    const { page, next } = paginate(arns, nextToken, maxResults);
    return { reports: page, ...(next === undefined ? {} : { nextToken: next }) };
  },

  BatchGetReports({ reportArns = [] }, { state }) {
    const found = reportArns.flatMap((arn) => state.reports.get(arn)?.info ?? []);
    return {
      reports: found,
      reportsNotFound: reportArns.filter((arn) => !state.reports.has(arn)),
    };
  },

  DeleteReport({ arn = '' }, { state }) {
    state.reports.delete(arn);
    return {};
  },

  DescribeTestCases({ reportArn = '', filter, nextToken, maxResults = 100 }, { state }) {
    const report = state.reports.get(reportArn);
    // text unverified
    if (!report) throw refuse(ResourceNotFoundException, `Report ${reportArn} was not found`);
    const wanted = report.cases.filter(
      ({ status, name = '' }) =>
        (filter?.status === undefined || filter.status === status) &&
        name.includes(filter?.keyword ?? ''),
    );
    const { page, next } = paginate(wanted, nextToken, maxResults);
    return { testCases: page, ...(next === undefined ? {} : { nextToken: next }) };
  },
} satisfies CodeBuildHandlers;

function findGroup(arn: string | undefined, { state }: CodeBuildCall) {
  const found = [...state.groups.values()].find((group) => group.arn === arn);
  // text unverified
  if (!found) throw refuse(ResourceNotFoundException, `Report group ${arn ?? ''} was not found`);
  return found;
}

const announce = (kind: 'CREATE' | 'UPDATE' | 'DELETE', arn: string, call: CodeBuildCall): void =>
  call.announce({ kind, type: 'AWS::CodeBuild::ReportGroup', id: arn });

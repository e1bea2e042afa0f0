import {
  type ReportExportConfig,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-codebuild';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { checkBatch, pagesOf } from './batches';
import { invalid } from './project-input';
import type { CodeBuildCall, CodeBuildHandlers } from './state';

export const reportGroups = {
  CreateReportGroup({ name = '', type, exportConfig, tags = [] }, call) {
    const arn = call.arn(`report-group/${name}`);
    checkName(name);
    checkExport(exportConfig);
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

  /** What is gone already is a success: the API knows no exception for it. */
  DeleteReportGroup({ arn, deleteReports = false }, call) {
    checkArn(arn, 'report-group');
    const group = [...call.state.groups.values()].find((each) => each.arn === arn);
    if (!group) return {};
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
    checkBatch(reportGroupArns, 'reportGroupArns');
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
    const { page, next } = paginate(arns, nextToken, pagesOf(maxResults));
    return { reportGroups: page, ...(next === undefined ? {} : { nextToken: next }) };
  },

  ListReports({ nextToken, maxResults = 100 }, { state }) {
    const { page, next } = paginate(
      [...state.reports.keys()].toReversed(),
      nextToken,
      pagesOf(maxResults),
    );
    return { reports: page, ...(next === undefined ? {} : { nextToken: next }) };
  },

  ListReportsForReportGroup({ reportGroupArn, nextToken, maxResults = 100 }, call) {
    const group = findGroup(reportGroupArn, call);
    const arns = [...call.state.reports.values()]
      .filter(({ info }) => info.reportGroupArn === group.arn)
      .map(({ info }) => info.arn)
      .toReversed();
    const { page, next } = paginate(arns, nextToken, pagesOf(maxResults));
    return { reports: page, ...(next === undefined ? {} : { nextToken: next }) };
  },

  BatchGetReports({ reportArns = [] }, { state }) {
    checkBatch(reportArns, 'reportArns');
    const found = reportArns.flatMap((arn) => state.reports.get(arn)?.info ?? []);
    return {
      reports: found,
      reportsNotFound: reportArns.filter((arn) => !state.reports.has(arn)),
    };
  },

  DeleteReport({ arn }, { state }) {
    checkArn(arn, 'report');
    state.reports.delete(arn);
    return {};
  },

  DescribeTestCases({ reportArn, filter, nextToken, maxResults = 100 }, { state }) {
    checkArn(reportArn, 'report');
    const report = state.reports.get(reportArn);
    // text unverified
    if (!report) throw refuse(ResourceNotFoundException, `Report ${reportArn} was not found`);
    const wanted = report.cases.filter(
      ({ status, name = '' }) =>
        (filter?.status === undefined || filter.status === status) &&
        name.includes(filter?.keyword ?? ''),
    );
    const { page, next } = paginate(wanted, nextToken, pagesOf(maxResults));
    return { testCases: page, ...(next === undefined ? {} : { nextToken: next }) };
  },
} satisfies CodeBuildHandlers;

function checkName(name: string): void {
  // text unverified
  if (!/^[A-Za-z0-9][A-Za-z0-9\-_]{1,127}$/.test(name))
    throw invalid(`Invalid report group name: ${name}`);
}

/** https://github.com/badmintoncryer/cdk-preflight has measured both texts of AWS's. */
function checkExport({ exportConfigType, s3Destination }: Partial<ReportExportConfig> = {}): void {
  if (exportConfigType === 'NO_EXPORT' && s3Destination)
    throw invalid('S3 export config should not be specified when export config type is NO_EXPORT');
  if (exportConfigType !== 'S3') return;
  if (!s3Destination) throw invalid('S3 export config is required when export config type is S3');
  throw invalid('Export of reports to S3 is not emulated');
}

function checkArn(arn: string | undefined, kind: string): asserts arn is string {
  // text unverified
  if (!arn?.includes(`:${kind}/`)) throw invalid(`Invalid ${kind} ARN: ${arn ?? ''}`);
}

function findGroup(arn: string | undefined, { state }: CodeBuildCall) {
  checkArn(arn, 'report-group');
  const found = [...state.groups.values()].find((group) => group.arn === arn);
  // text unverified
  if (!found) throw refuse(ResourceNotFoundException, `Report group ${arn} was not found`);
  return found;
}

const announce = (kind: 'CREATE' | 'UPDATE' | 'DELETE', arn: string, call: CodeBuildCall): void =>
  call.announce({ kind, type: 'AWS::CodeBuild::ReportGroup', id: arn });

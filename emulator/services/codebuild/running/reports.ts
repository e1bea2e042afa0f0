import type {
  CodeBuild,
  ReportGroup,
  ReportStatusType,
  TestReportSummary,
} from '@aws-sdk/client-codebuild';
import glob from 'fast-glob';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Buildspec, ReportSpec } from '../buildspec';
import type { CodeBuildCall, StoredBuild } from '../state';
import type { BuildLog } from './log';
import { roleOf } from './role';
import { readers, type Result } from './test-results';
import type { Workspace } from './workspace';

const thirtyDays = 30 * 24 * 3600_000;

interface Finished {
  spec: Buildspec;
  workspace: Workspace;
  log: BuildLog;
}

/** Turns the files that the buildspec names into reports, one for each of its groups. */
export async function uploadReports(
  build: StoredBuild,
  { spec, workspace, log }: Finished,
  call: CodeBuildCall,
): Promise<void> {
  for (const [name, report] of Object.entries(spec.reports)) {
    const read = readers[report.format];
    if (!read)
      throw new Error(
        `the report format ${report.format} is not emulated: JUNITXML and CUCUMBERJSON are`,
      );
    const results = filesOf(report, workspace).flatMap(read);
    if (results.length === 0) {
      log.say(`No test report files found for the report group ${name}`);
      continue;
    }
    keep(build, await groupOf(build, name, call), { results, call });
  }
}

function filesOf({ files, baseDirectory = '' }: ReportSpec, { source }: Workspace): string[] {
  const cwd = join(source, baseDirectory);
  return glob
    .sync(files, { cwd, dot: true })
    .toSorted()
    .map((name) => readFileSync(join(cwd, name), 'utf8'));
}

/** `<project>-<name>`, made by the build's role when it is not there, or the group of an ARN. */
async function groupOf(
  build: StoredBuild,
  name: string,
  call: CodeBuildCall,
): Promise<{ arn: string; name: string }> {
  const isArn = name.startsWith('arn:');
  const groupName = isArn
    ? name.replace(/^.*:report-group\//, '')
    : `${build.info.projectName}-${name}`;
  const known = call.state.groups.get(groupName);
  if (known) return known;
  if (isArn) throw new Error(`the report group ${name} does not exist`);
  const codebuild = call.client<CodeBuild>('codebuild', roleOf(build));
  const { reportGroup } = await codebuild.createReportGroup({
    name: groupName,
    type: 'TEST',
    exportConfig: { exportConfigType: 'NO_EXPORT' },
  });
  return reportGroup as ReportGroup & { arn: string; name: string };
}

function keep(
  build: StoredBuild,
  group: { arn: string; name: string },
  { results, call }: { results: Result[]; call: CodeBuildCall },
): void {
  const id = call.random.uuid();
  const arn = `${call.arn(`report/${group.name}`)}:${id}`;
  const expired = new Date(call.now().getTime() + thirtyDays);
  call.state.reports.set(arn, {
    info: {
      arn,
      type: 'TEST',
      name: `${group.name}:${id}`,
      reportGroupArn: group.arn,
      executionId: build.info.arn,
      status: statusOf(results),
      created: call.now(),
      expired,
      exportConfig: { exportConfigType: 'NO_EXPORT' },
      truncated: false,
      testSummary: summaryOf(results),
    },
    cases: results.map((result) => ({ reportArn: arn, expired, ...result })),
  });
  build.info.reportArns?.push(arn);
}

const statusOf = (results: Result[]): ReportStatusType =>
  results.some(({ status }) => status === 'FAILED' || status === 'ERROR') ? 'FAILED' : 'SUCCEEDED';

function summaryOf(results: Result[]): TestReportSummary {
  const statusCounts = { SUCCEEDED: 0, FAILED: 0, ERROR: 0, SKIPPED: 0, UNKNOWN: 0 };
  for (const { status } of results) statusCounts[status as keyof typeof statusCounts] += 1;
  return {
    total: results.length,
    statusCounts,
    durationInNanoSeconds: results.reduce(
      (sum, each) => sum + (each.durationInNanoSeconds ?? 0),
      0,
    ),
  };
}

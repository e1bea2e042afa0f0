import { CodeBuild } from '@aws-sdk/client-codebuild';
import { defineService, type Permission } from '../../service';
import { builds } from './builds';
import { nameIn, projects } from './projects';
import { reportGroups } from './report-groups';
import { type CodeBuildCall, createState } from './state';
import { view } from './view';

interface NamesProject {
  name?: string | undefined;
  projectName?: string | undefined;
  serviceRole?: string | undefined;
}

const onProject =
  (action: string) =>
  ({ name, projectName }: NamesProject, call: CodeBuildCall): Permission => ({
    action: `codebuild:${action}`,
    resources: [call.arn(`project/${nameIn(name ?? projectName ?? '')}`)],
  });

/** Whoever gives a project its role must be allowed to pass it to CodeBuild. */
const passing =
  (action: string) =>
  (input: NamesProject, call: CodeBuildCall): Permission[] => [
    onProject(action)(input, call),
    ...(input.serviceRole
      ? [
          {
            action: 'iam:PassRole',
            resources: [input.serviceRole],
            context: { 'iam:PassedToService': 'codebuild.amazonaws.com' },
          },
        ]
      : []),
  ];

const projectOfBuild = (id: string): string =>
  nameIn(id.replace(/^arn:.*:build\//, '').split(':')[0] ?? '');

const onBuilds =
  (action: string) =>
  (
    { id, ids }: { id?: string | undefined; ids?: string[] | undefined },
    call: CodeBuildCall,
  ): Permission => ({
    action: `codebuild:${action}`,
    resources: (ids ?? [id ?? '']).map((each) => call.arn(`project/${projectOfBuild(each)}`)),
  });

const onGroup =
  (action: string) =>
  (
    {
      name,
      arn,
      reportGroupArn,
    }: { name?: string | undefined; arn?: string | undefined; reportGroupArn?: string | undefined },
    call: CodeBuildCall,
  ): Permission => ({
    action: `codebuild:${action}`,
    resources: [arn ?? reportGroupArn ?? call.arn(`report-group/${name ?? ''}`)],
  });

/** A report is its group's: `report/<group>:<id>`. */
const onGroupsOf =
  (action: string) =>
  (
    input: {
      reportArn?: string | undefined;
      reportArns?: string[] | undefined;
      reportGroupArns?: string[] | undefined;
    },
    _call: CodeBuildCall,
  ): Permission => ({
    action: `codebuild:${action}`,
    resources: (input.reportGroupArns ?? input.reportArns ?? [input.reportArn ?? '']).map((arn) =>
      arn.replace(/:report\/([^:]+):.*$/, ':report-group/$1'),
    ),
  });

export default defineService({
  client: CodeBuild,
  createState,
  handlers: { ...builds, ...projects, ...reportGroups },
  permissions: {
    BatchDeleteBuilds: onBuilds('BatchDeleteBuilds'),
    BatchGetBuilds: onBuilds('BatchGetBuilds'),
    BatchGetProjects: ({ names = [] }: { names?: string[] | undefined }, call: CodeBuildCall) => ({
      action: 'codebuild:BatchGetProjects',
      resources: names.map((name) => call.arn(`project/${nameIn(name)}`)),
    }),
    BatchGetReportGroups: onGroupsOf('BatchGetReportGroups'),
    BatchGetReports: onGroupsOf('BatchGetReports'),
    CreateProject: passing('CreateProject'),
    CreateReportGroup: onGroup('CreateReportGroup'),
    DeleteProject: onProject('DeleteProject'),
    DeleteReport: (input: { arn?: string | undefined }, call: CodeBuildCall) =>
      onGroupsOf('DeleteReport')({ reportArn: input.arn }, call),
    DeleteReportGroup: onGroup('DeleteReportGroup'),
    DescribeTestCases: onGroupsOf('DescribeTestCases'),
    ListBuildsForProject: onProject('ListBuildsForProject'),
    ListReportsForReportGroup: onGroup('ListReportsForReportGroup'),
    RetryBuild: onBuilds('RetryBuild'),
    StartBuild: onProject('StartBuild'),
    StopBuild: onBuilds('StopBuild'),
    UpdateProject: passing('UpdateProject'),
    UpdateReportGroup: onGroup('UpdateReportGroup'),
  },
  view,
});

import type { Build } from '@aws-sdk/client-codebuild';
import type { Account } from '../../../checker/account';
import { type Check, fail } from '../../../checker/check';
import { actionsBy } from '../release/pipeline';
import { judge, pipelineReads, withPipeline } from './found';

export const buildReportsItsTests: Check = {
  title: 'The last build of the pipeline has a test report',
  task: 'a',
  points: 6,
  needs: ['pipelineAsksBeforeItDeploys'],
  reads: [
    ...pipelineReads,
    'codebuild:ListBuildsForProject',
    'codebuild:BatchGetBuilds',
    'codebuild:BatchGetReports',
  ],
  objective: 'Have a build say which tests ran, not only that something failed.',
  look: (account) =>
    withPipeline(account, async (pipeline) => {
      const [placed] = actionsBy(pipeline, 'Build', 'CodeBuild');
      const project = placed?.action.configuration?.['ProjectName'] ?? '';
      const build = await lastBuild(account, project);
      const tests = build ? await testsOf(account, build) : 0;
      const proof = {
        call: 'codebuild:ListBuildsForProject',
        resource: project,
        path: 'builds[0].reportArns[].testSummary.total',
        expected: 'more than 0',
        actual: tests,
      };
      if (!build) {
        return fail({ seen: `${project} has not built anything yet.`, ...wanted(project), proof });
      }
      return judge(tests > 0, {
        seen: `${build.id} reported ${tests} test cases.`,
        ...wanted(project),
        proof,
      });
    }),
};

// --- internal ---

const wanted = (project: string) => ({
  wanted: 'A report of the type TEST with test cases, of the last build that has ended.',
  where: `CodeBuild, ${project}, Reports; buildspec.yml, reports (JUNITXML)`,
});

async function lastBuild({ codebuild }: Account, projectName: string): Promise<Build | undefined> {
  const { ids = [] } = await codebuild.listBuildsForProject({ projectName });
  if (ids.length === 0) return undefined;
  const { builds = [] } = await codebuild.batchGetBuilds({ ids: ids.slice(0, 20) });
  const byId = new Map(builds.map((build) => [build.id, build]));
  return ids.map((id) => byId.get(id)).find((build) => build?.buildComplete);
}

/** How many test cases the reports of a build hold. */
export async function testsOf({ codebuild }: Account, { reportArns = [] }: Build) {
  if (reportArns.length === 0) return 0;
  const { reports = [] } = await codebuild.batchGetReports({ reportArns });
  return reports
    .filter(({ type }) => type === 'TEST')
    .reduce((sum, { testSummary }) => sum + (testSummary?.total ?? 0), 0);
}

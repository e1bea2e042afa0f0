import type { Build } from '@aws-sdk/client-codebuild';
import type { Account } from '../../../checker/account';
import { type Drill, fail, type Outcome, pass, pending } from '../../../checker/check';
import { findLive } from '../release/live';
import { actionsBy } from '../release/pipeline';
import { redTest } from '../release/variants';
import { testsOf } from './build';
import { ownExecution, putting, releaseDrill } from './releasing';
import { ours } from './ours';
import { undoes } from './declared';
import { shiftOf } from './shifting';

export const redTestStopsTheBuild: Drill = {
  ...releaseDrill,
  title: 'A red unit test stops the release in the build, and the report shows it',
  points: 6,
  needs: ['buildReportsItsTests', 'releaseStartsThePipeline'],
  objective: 'Fail in the phase that a failed test stops, with a report of it.',
  hints: [
    'Look at the phases of the build: in which one did the tests run, and how did it end?',
    'buildspec.yml: a command that fails in build or pre_build fails the build and keeps later work from it. `|| true` hides it, and post_build comes too late: BUILD has succeeded.',
    'Run `node --test --test-reporter=junit --test-reporter-destination=unit-tests.xml test/*.test.js` as the first command of build, without `|| true`, and name unit-tests.xml under reports.',
  ],
  announce: `releases your service with a red unit test in test/; ${undoes}`,
  eventually: { within: '20m', every: '15s' },
  leadUp: putting(redTest),
  async look(account) {
    const { pipeline } = await ours(account);
    const own = await ownExecution(account, pipeline);
    if (!own) return pending(`${pipeline.name} has not taken up the release`, 'At once.');
    const build = await buildOf(account, own.pipelineExecutionId ?? '');
    if (!build?.buildComplete) return pending('The build has not ended', 'Within minutes.');
    return judged(account, build);
  },
};

// --- internal ---

async function buildOf(account: Account, pipelineExecutionId: string): Promise<Build | undefined> {
  const { pipeline } = await ours(account);
  const names = new Set(actionsBy(pipeline, 'Build', 'CodeBuild').map(({ action }) => action.name));
  const { actionExecutionDetails = [] } = await account.codepipeline.listActionExecutions({
    pipelineName: pipeline.name,
    filter: { pipelineExecutionId },
  });
  const built = actionExecutionDetails.find(({ actionName }) => names.has(actionName));
  const id = built?.output?.executionResult?.externalExecutionId;
  if (!id) return undefined;
  const { builds = [] } = await account.codebuild.batchGetBuilds({ ids: [id] });
  return builds[0];
}

async function judged(account: Account, build: Build): Promise<Outcome> {
  const failed = (build.phases ?? []).find(({ phaseStatus }) => phaseStatus === 'FAILED');
  const phase = failed?.phaseType ?? 'no phase';
  const told = {
    wanted: 'FAILED in BUILD or PRE_BUILD, with a report of the tests; nothing is deployed.',
    where: `CodeBuild, ${build.id}, Phase details; buildspec.yml`,
    proof: {
      call: 'codebuild:BatchGetBuilds',
      resource: build.id ?? '',
      path: 'builds[0].phases[].phaseStatus FAILED',
      expected: 'BUILD or PRE_BUILD',
      actual: phase,
    },
  };
  const seen = `With a red test ${build.id} ended ${build.buildStatus}, and ${phase} failed`;
  const wrong = await wrongIn(account, build, phase);
  if (wrong !== undefined) return fail({ ...told, seen: `${seen}${wrong}.` });
  return pass(`${seen}; the report shows it, and nothing was deployed.`, told.proof);
}

async function wrongIn(account: Account, build: Build, phase: string): Promise<string | undefined> {
  if (phase !== 'BUILD' && phase !== 'PRE_BUILD') return '';
  // A build that fails in PRE_BUILD ends without its uploads.
  if (phase === 'BUILD' && (await testsOf(account, build)) === 0) return ', without a report';
  const live = await findLive(account);
  const deployed = live && (await shiftOf(account, live)).forward;
  return deployed ? ', and it was deployed' : undefined;
}

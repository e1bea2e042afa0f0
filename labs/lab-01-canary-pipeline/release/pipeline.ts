import type {
  ActionDeclaration,
  ActionExecutionResult,
  PipelineDeclaration,
  PipelineExecutionSummary,
  StageDeclaration,
} from '@aws-sdk/client-codepipeline';
import type { Account } from '../../../checker/account';
import { everyPage } from '../../../checker/pages';
import { output } from './output';

/** An action with the stage that it stands in. */
export interface Placed {
  stage: string;
  /** Place in the run: that of the stage, and in it that of the action. */
  at: number;
  action: ActionDeclaration;
}

/** The pipeline whose source is the releases bucket. */
export async function findPipeline(account: Account): Promise<PipelineDeclaration | undefined> {
  const bucket = output(account, 'ReleasesBucketName');
  const pages = await everyPage(
    (nextToken) => account.codepipeline.listPipelines({ nextToken }),
    ({ nextToken }) => nextToken,
  );
  for (const { name } of pages.flatMap(({ pipelines = [] }) => pipelines)) {
    const { pipeline } = await account.codepipeline.getPipeline({ name });
    if (pipeline && sourcesOf(pipeline, bucket).length > 0) return pipeline;
  }
  return undefined;
}

export const actionsIn = ({ stages = [] }: PipelineDeclaration): Placed[] =>
  stages.flatMap(({ name: stage = '', actions = [] }: StageDeclaration, at) =>
    actions.map((action) => ({ stage, at: at + (action.runOrder ?? 1) / 1000, action })),
  );

/** The actions of a category and a provider, `Approval` by `Manual`. */
export const actionsBy = (
  pipeline: PipelineDeclaration,
  category: string,
  provider: string,
): Placed[] =>
  actionsIn(pipeline).filter(
    ({ action: { actionTypeId } }) =>
      actionTypeId?.category === category &&
      actionTypeId.owner === 'AWS' &&
      actionTypeId.provider === provider,
  );

export const sourcesOf = (pipeline: PipelineDeclaration, bucket: string): Placed[] =>
  actionsBy(pipeline, 'Source', 'S3').filter(
    ({ action }) => action.configuration?.['S3Bucket'] === bucket,
  );

/** The newest execution that took up one version of release.zip. */
export async function executionOf(
  { codepipeline }: Account,
  pipelineName: string,
  versionId: string,
): Promise<PipelineExecutionSummary | undefined> {
  const { pipelineExecutionSummaries = [] } = await codepipeline.listPipelineExecutions({
    pipelineName,
  });
  return pipelineExecutionSummaries.find(({ sourceRevisions = [] }) =>
    sourceRevisions.some(({ revisionId }) => revisionId === versionId),
  );
}

/** An approval that waits, with what an answer to it needs. */
export interface Waiting {
  stageName: string;
  actionName: string;
  token: string;
  execution: string;
}

/** The approvals that wait for an answer now. */
export async function waitingApprovals(
  { codepipeline }: Account,
  pipeline: PipelineDeclaration,
): Promise<Waiting[]> {
  const { stageStates = [] } = await codepipeline.getPipelineState({ name: pipeline.name });
  const names = new Set(actionsBy(pipeline, 'Approval', 'Manual').map(({ action }) => action.name));
  return stageStates.flatMap(({ stageName = '', latestExecution, actionStates = [] }) =>
    actionStates.flatMap(({ actionName = '', latestExecution: action }) =>
      names.has(actionName) && action?.status === 'InProgress' && action.token
        ? {
            stageName,
            actionName,
            token: action.token,
            execution: latestExecution?.pipelineExecutionId ?? '',
          }
        : [],
    ),
  );
}

export async function answer(
  { codepipeline }: Account,
  { name }: PipelineDeclaration,
  given: Waiting & { status: 'Approved' | 'Rejected'; summary: string },
): Promise<void> {
  const { stageName, actionName, token, status, summary } = given;
  const result = { status, summary };
  await codepipeline.putApprovalResult({
    pipelineName: name,
    stageName,
    actionName,
    token,
    result,
  });
}

/** What went wrong in an execution: the action and its own words. */
export async function failureIn(
  { codepipeline }: Account,
  pipelineName: string,
  pipelineExecutionId: string,
): Promise<{ stage: string; action: string; message: string } | undefined> {
  const { actionExecutionDetails = [] } = await codepipeline.listActionExecutions({
    pipelineName,
    filter: { pipelineExecutionId },
  });
  const failed = actionExecutionDetails.find(({ status }) => status === 'Failed');
  if (!failed) return undefined;
  const { stageName: stage = '', actionName: action = '', output: told } = failed;
  return { stage, action, message: messageOf(told?.executionResult ?? {}) };
}

// --- internal ---

const messageOf = ({ errorDetails, externalExecutionSummary }: ActionExecutionResult): string =>
  errorDetails?.message ?? externalExecutionSummary ?? 'no reason given';

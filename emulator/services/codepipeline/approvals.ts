import {
  ActionNotFoundException,
  type ApprovalResult,
  InvalidApprovalTokenException,
  ValidationException,
} from '@aws-sdk/client-codepipeline';
import { refuse } from '../../refuse';
import type { ActionOutcome } from './actions/provider';
import { settle } from './engine/settle';
import { checkStage, findPipeline, runsUnderWay } from './find';
import type { CodePipelineHandlers, Pipeline } from './state';

export const approvals = {
  PutApprovalResult({ pipelineName, stageName, actionName, result, token }, call) {
    const pipeline = findPipeline(pipelineName, call);
    checkStage(pipeline, stageName);
    checkAction(pipeline, stageName, actionName);
    const answer = checkedResult(result);
    const found = runsUnderWay(call).find(
      ({ run, execution }) =>
        execution.pipelineName === pipeline.name &&
        run.stage === stageName &&
        run.declaration.name === actionName &&
        (run.token ?? run.externalId) === token,
    );
    if (!found)
      // The model's own text for it (FACTS C1.2).
      throw refuse(
        InvalidApprovalTokenException,
        'The approval request already received a response or has expired.',
      );
    settle(found, { ...outcomeOf(answer), summary: answer.summary, updatedBy: call.principal.arn });
    return { approvedAt: call.now() };
  },
} satisfies CodePipelineHandlers;

interface Answer {
  summary: string;
  isApproved: boolean;
}

// Texts from here on are unverified.
function checkedResult({ status, summary = '' }: Partial<ApprovalResult> = {}): Answer {
  const isKnown = status === 'Approved' || status === 'Rejected';
  if (!isKnown || summary.length > 512)
    throw refuse(ValidationException, 'The approval result is not valid');
  return { summary, isApproved: status === 'Approved' };
}

const outcomeOf = ({ isApproved, summary }: Answer): ActionOutcome =>
  isApproved
    ? { status: 'Succeeded' }
    : {
        status: 'Failed',
        code: 'JobFailed',
        message: `The approval was rejected. ${summary}`.trim(),
      };

function checkAction(
  { declaration }: Pipeline,
  stage: string | undefined,
  action: string | undefined,
): void {
  const actions = declaration.stages?.find(({ name }) => name === stage)?.actions ?? [];
  if (actions.some(({ name }) => name === action)) return;
  throw refuse(
    ActionNotFoundException,
    `The stage '${stage ?? ''}' does not have an action '${action ?? ''}'`,
  );
}

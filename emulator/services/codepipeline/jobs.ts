import {
  type ActionTypeId,
  InvalidJobStateException,
  InvalidNonceException,
  type JobDetails,
  JobNotFoundException,
} from '@aws-sdk/client-codepipeline';
import { refuse } from '../../refuse';
import { unknownType } from './action-types';
import { keyOf } from './actions';
import { settle } from './engine/settle';
import { runsUnderWay } from './find';
import { jobData } from './job-data';
import type { ActionRun, CodePipelineCall, CodePipelineHandlers, Job, Place } from './state';

/** How long a function that asks to be called again is left alone. */
const againAfterMs = 30_000;

export const jobs = {
  PollForJobs({ actionTypeId, maxBatchSize = 1 }, call) {
    if (!call.state.customTypes.has(keyOf(actionTypeId))) throw unknownType(keyOf(actionTypeId));
    const found = runsUnderWay(call)
      .filter(({ run }) => isWaiting(run, actionTypeId))
      .slice(0, maxBatchSize);
    for (const { run } of found) if (run.job) run.job.status = 'Dispatched';
    return {
      jobs: found.map((each) => ({
        ...details(each),
        nonce: each.run.job?.nonce,
      })),
    };
  },

  AcknowledgeJob({ jobId, nonce }, call) {
    const { job } = findJob(jobId, call);
    // text unverified
    if (job.nonce !== nonce)
      throw refuse(InvalidNonceException, 'The nonce was used or is not valid');
    job.status = 'InProgress';
    return { status: job.status };
  },

  GetJobDetails({ jobId }, call) {
    return { jobDetails: details(findJob(jobId, call)) };
  },

  /** With a continuation token the work goes on: a function is called again with it. */
  PutJobSuccessResult(input, call) {
    const found = findJob(input.jobId, call);
    const { run, job, execution, pipeline } = found;
    if (input.continuationToken !== undefined) {
      job.continuationToken = input.continuationToken;
      if (job.status === 'InProgress') job.status = 'Created';
      const at = new Date(call.now().getTime() + againAfterMs);
      const payload = { pipeline: pipeline.name, execution: execution.id, run: run.id };
      call.timers.set({ name: 'resumeAction', at, payload });
      return;
    }
    job.status = 'Succeeded';
    settle(found, {
      status: 'Succeeded',
      externalId: input.executionDetails?.externalExecutionId ?? job.id,
      ...(input.executionDetails?.summary === undefined
        ? {}
        : { summary: input.executionDetails.summary }),
      outputVariables: input.outputVariables ?? {},
    });
  },

  PutJobFailureResult({ jobId, failureDetails }, call) {
    const found = findJob(jobId, call);
    found.job.status = 'Failed';
    settle(found, {
      status: 'Failed',
      code: failureDetails?.type ?? 'JobFailed',
      message: failureDetails?.message ?? '',
      externalId: failureDetails?.externalExecutionId ?? found.job.id,
    });
  },
} satisfies CodePipelineHandlers;

const isWaiting = ({ job, declaration }: ActionRun, type: ActionTypeId | undefined): boolean =>
  job?.status === 'Created' &&
  declaration.actionTypeId?.owner === 'Custom' &&
  keyOf(declaration.actionTypeId) === keyOf(type);

function findJob(
  id: string | undefined,
  call: CodePipelineCall,
): Place & { run: ActionRun; job: Job } {
  const all = [...call.state.pipelines.values()].flatMap((pipeline) =>
    [...pipeline.executions.values()].flatMap((execution) =>
      execution.history.map((run) => ({ pipeline, execution, run, call })),
    ),
  );
  const found = all.find(({ run }) => run.job?.id === id);
  // Both texts unverified.
  if (!found?.run.job)
    throw refuse(JobNotFoundException, `The job '${id ?? ''}' could not be found`);
  if (found.run.status !== 'InProgress')
    throw refuse(InvalidJobStateException, `The job '${id ?? ''}' has already completed`);
  return { ...found, job: found.run.job };
}

const details = ({ run, ...place }: Place & { run: ActionRun }): JobDetails => ({
  id: run.job?.id,
  accountId: place.call.accountId,
  data: jobData(place, run),
});

import {
  CodePipeline,
  type CreatePipelineInput,
  type PollForJobsInput,
} from '@aws-sdk/client-codepipeline';
import { defineService, type Permission } from '../../service';
import { actionExecutions } from './action-executions';
import { actionTypes } from './action-types';
import { approvals } from './approvals';
import { advance } from './engine/advance';
import { resumeAction, runAction, timeOutAction } from './engine/start-action';
import { executions } from './executions';
import { findRun, on, runsUnderWay } from './find';
import { jobs } from './jobs';
import { pipelineState } from './pipeline-state';
import { pipelines } from './pipelines';
import { bucketChanged, poll } from './polling';
import { type CodePipelineCall, createState } from './state';
import { tagging } from './tagging';
import { transitions } from './transitions';
import { view } from './view';

/** Whoever gives a pipeline its role must be allowed to pass it to CodePipeline. */
const passing =
  (action: string) =>
  (
    { pipeline }: Pick<Partial<CreatePipelineInput>, 'pipeline'>,
    call: CodePipelineCall,
  ): Permission[] => [
    on(action)({ pipeline }, call),
    {
      action: 'iam:PassRole',
      resources: [pipeline?.roleArn ?? '*'],
      context: { 'iam:PassedToService': 'codepipeline.amazonaws.com' },
    },
  ];

const onEverything = (action: string) => (): Permission => ({
  action: `codepipeline:${action}`,
  resources: ['*'],
});

const onResource =
  (action: string) =>
  ({ resourceArn = '' }: { resourceArn?: string | undefined }): Permission => ({
    action: `codepipeline:${action}`,
    resources: [resourceArn],
  });

interface Ids {
  pipeline: string;
  execution: string;
  run: string;
}

/** `actiontype:Custom/Build/Jenkins/1`. */
const onActionType =
  (action: string) =>
  (
    input: {
      owner?: string | undefined;
      category?: string | undefined;
      provider?: string | undefined;
      version?: string | undefined;
    },
    call: CodePipelineCall,
  ): Permission => {
    const { owner = 'Custom', category = '*', provider = '*', version = '*' } = input;
    return {
      action: `codepipeline:${action}`,
      resources: [call.arn(`actiontype:${owner}/${category}/${provider}/${version}`)],
    };
  };

export default defineService({
  client: CodePipeline,
  createState,
  handlers: {
    ...actionExecutions,
    ...actionTypes,
    ...approvals,
    ...executions,
    ...jobs,
    ...pipelineState,
    ...pipelines,
    ...tagging,
    ...transitions,
  },
  permissions: {
    CreateCustomActionType: onActionType('CreateCustomActionType'),
    CreatePipeline: passing('CreatePipeline'),
    DeleteCustomActionType: onActionType('DeleteCustomActionType'),
    DeletePipeline: on('DeletePipeline'),
    DisableStageTransition: on('DisableStageTransition'),
    EnableStageTransition: on('EnableStageTransition'),
    GetPipeline: on('GetPipeline'),
    GetPipelineExecution: on('GetPipelineExecution'),
    GetPipelineState: on('GetPipelineState'),
    ListActionExecutions: on('ListActionExecutions'),
    ListPipelineExecutions: on('ListPipelineExecutions'),
    ListTagsForResource: onResource('ListTagsForResource'),
    PollForJobs: ({ actionTypeId }: PollForJobsInput, call: CodePipelineCall) =>
      onActionType('PollForJobs')({ ...actionTypeId }, call),
    PutApprovalResult: on('PutApprovalResult'),
    PutJobFailureResult: onEverything('PutJobFailureResult'),
    PutJobSuccessResult: onEverything('PutJobSuccessResult'),
    RetryStageExecution: on('RetryStageExecution'),
    RollbackStage: on('RollbackStage'),
    StartPipelineExecution: on('StartPipelineExecution'),
    StopPipelineExecution: on('StopPipelineExecution'),
    TagResource: onResource('TagResource'),
    UntagResource: onResource('UntagResource'),
    UpdatePipeline: passing('UpdatePipeline'),
  },
  async onChange({ type, id }, call) {
    if (type === 'AWS::S3::Bucket') bucketChanged(id, call);
    for (const found of runsUnderWay(call)) {
      const { watch } = found.run;
      if (watch?.type === type && watch.ids.includes(id)) await resumeAction(found);
    }
  },
  timers: {
    advance({ pipeline: name }: { pipeline: string }, call: CodePipelineCall) {
      const pipeline = call.state.pipelines.get(name);
      if (pipeline) advance(pipeline, call);
    },
    actionTimeout: timeOutAction,
    poll,
    async resumeAction(ids: Ids, call: CodePipelineCall) {
      const found = findRun(ids, call);
      if (found?.run.status === 'InProgress') await resumeAction(found);
    },
    runAction,
  },
  view,
});

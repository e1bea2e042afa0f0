import type {
  ActionExecutionDetail,
  CodePipeline,
  ListActionExecutionsOutput,
} from '@aws-sdk/client-codepipeline';
import type { AwsEvent } from '../../call';
import type { NotificationsCall } from './state';

type Attributes = Record<string, unknown>;

/** What notifications with full detail say beyond the event; only pipelines have more to say. */
export async function additionalAttributes(
  { source, detailType, detail }: AwsEvent,
  call: NotificationsCall,
): Promise<Attributes> {
  if (source !== 'aws.codepipeline') return {};
  const actions = await actionsOf(detail, call);
  if (detailType.includes('Action Execution')) return ofAction(detail, actions);
  const failed = detail['state'] === 'FAILED' ? failedIn(actions, detail['stage']) : {};
  return detailType.includes('Stage Execution') ? { ...sourcesIn(actions), ...failed } : failed;
}

/** The actions of the event's execution, the latest first; none once the pipeline is gone. */
async function actionsOf(
  detail: Attributes,
  call: NotificationsCall,
): Promise<ActionExecutionDetail[]> {
  const pipelines = call.client<CodePipeline>(
    'codepipeline',
    call.asService('codestar-notifications.amazonaws.com'),
  );
  const asked = {
    pipelineName: String(detail['pipeline']),
    filter: { pipelineExecutionId: String(detail['execution-id']) },
  };
  const found: ActionExecutionDetail[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page: ListActionExecutionsOutput = await pipelines.listActionExecutions({
        ...asked,
        nextToken,
      });
      found.push(...(page.actionExecutionDetails ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  } catch (error) {
    if ((error as Error).name !== 'PipelineNotFoundException') throw error;
  }
  return found;
}

function ofAction(detail: Attributes, actions: ActionExecutionDetail[]): Attributes {
  const id = detail['action-execution-id'];
  const run = actions.find(({ actionExecutionId }) => actionExecutionId === id);
  if (!run) return {};
  if (detail['state'] === 'FAILED') return { additionalInformation: reasonOf(run) };
  return detail['state'] === 'STARTED' ? askedOf(run) : {};
}

/** What an approval that begins asks its reader. */
function askedOf({ input }: ActionExecutionDetail): Attributes {
  if (input?.actionTypeId?.category !== 'Approval') return {};
  const { ExternalEntityLink, CustomData } = input.resolvedConfiguration ?? {};
  return {
    ...(ExternalEntityLink === undefined ? {} : { externalEntityLink: ExternalEntityLink }),
    ...(CustomData === undefined ? {} : { customData: CustomData }),
  };
}

const reasonOf = ({ output }: ActionExecutionDetail): string => {
  const { externalExecutionSummary, errorDetails } = output?.executionResult ?? {};
  return externalExecutionSummary ?? errorDetails?.message ?? '';
};

/** The latest runs that failed; a pipeline's event adds in which stage. */
function failedIn(actions: ActionExecutionDetail[], stage: unknown): Attributes {
  const latest = actions.filter(
    (run, index) =>
      actions.findIndex(
        ({ stageName, actionName }) => stageName === run.stageName && actionName === run.actionName,
      ) === index,
  );
  const failed = latest.filter(
    ({ status, stageName }) => status === 'Failed' && (stage ?? stageName) === stageName,
  );
  return {
    failedActionCount: failed.length,
    failedActions: failed.map((run) => ({
      action: run.actionName,
      additionalInformation: reasonOf(run),
    })),
    ...(stage === undefined ? { failedStage: failed[0]?.stageName } : {}),
  };
}

/** What the execution was made of, as far as its source actions have run. */
function sourcesIn(actions: ActionExecutionDetail[]): Attributes {
  const sources = actions.filter(
    ({ status, input }) => status === 'Succeeded' && input?.actionTypeId?.category === 'Source',
  );
  if (sources.length === 0) return {};
  return {
    sourceActions: sources.map(({ actionName, input, output }) => ({
      sourceActionName: actionName,
      sourceActionProvider: input?.actionTypeId?.provider,
      sourceActionVariables: output?.outputVariables ?? {},
    })),
  };
}

import type { ActionDeclaration } from '@aws-sdk/client-codepipeline';
import type { S3 } from '@aws-sdk/client-s3';
import { startExecution } from './engine/start';
import type { CodePipelineCall, Pipeline } from './state';

/** How often AWS looks at a source that is polled. */
const everyMs = 60_000;

const sourcesOf = ({ declaration }: Pipeline): ActionDeclaration[] =>
  (declaration.stages?.[0]?.actions ?? []).filter(
    ({ actionTypeId, configuration = {} }) =>
      actionTypeId?.provider === 'S3' && configuration['PollForSourceChanges'] !== 'false',
  );

/**
 * A bucket that a pipeline polls got or lost an object: the next look is due at the next whole
 * minute. Without a change there is nothing to look for, and so no timer.
 */
export function bucketChanged(bucket: string, call: CodePipelineCall): void {
  for (const pipeline of call.state.pipelines.values()) {
    const isPolled = sourcesOf(pipeline).some(
      ({ configuration }) => configuration?.['S3Bucket'] === bucket,
    );
    if (!isPolled) continue;
    const at = new Date((Math.floor(call.now().getTime() / everyMs) + 1) * everyMs);
    const payload = { pipeline: pipeline.name };
    call.timers.set({ name: 'poll', at, payload, id: `${pipeline.name}/poll` });
  }
}

/** Starts an execution when a polled object has another version than at the last look. */
export async function poll(
  { pipeline: name }: { pipeline: string },
  call: CodePipelineCall,
): Promise<void> {
  const pipeline = call.state.pipelines.get(name);
  if (!pipeline) return;
  for (const { name: action = '', configuration = {} } of sourcesOf(pipeline)) {
    const version = await versionOf(pipeline, configuration, call);
    if (version === undefined || version === pipeline.polled.get(action)) continue;
    pipeline.polled.set(action, version);
    const trigger = { triggerType: 'PollForSourceChanges' as const, triggerDetail: action };
    startExecution(pipeline, { trigger }, call);
    return;
  }
}

async function versionOf(
  { declaration }: Pipeline,
  configuration: Record<string, string>,
  call: CodePipelineCall,
): Promise<string | undefined> {
  const { S3Bucket: Bucket, S3ObjectKey: Key } = configuration;
  try {
    const role = await call.assume(declaration.roleArn ?? '', 'codepipeline.amazonaws.com');
    return (await call.client<S3>('s3', role).headObject({ Bucket, Key })).VersionId;
  } catch (error) {
    if (error instanceof Error && '$fault' in error) return undefined;
    throw error;
  }
}

import type { Artifact, JobData } from '@aws-sdk/client-codepipeline';
import type { ActionRun, Place, StoredArtifact } from './state';

const asArtifact = ({ name, bucket, key, revision }: StoredArtifact): Artifact => ({
  name,
  ...(revision === undefined ? {} : { revision: revision.id }),
  location: { type: 'S3', s3Location: { bucketName: bucket, objectKey: key } },
});

/**
 * What a worker learns of its job. The credentials for the artifact store are left out here: a
 * function has its own role, a worker its own user.
 */
export const jobData = ({ pipeline, execution }: Place, run: ActionRun): JobData => ({
  actionTypeId: run.declaration.actionTypeId,
  actionConfiguration: { configuration: run.configuration },
  pipelineContext: {
    pipelineName: pipeline.name,
    pipelineArn: pipeline.arn,
    pipelineExecutionId: execution.id,
    stage: { name: run.stage },
    action: { name: run.declaration.name, actionExecutionId: run.id },
  },
  inputArtifacts: run.inputs.map(asArtifact),
  outputArtifacts: run.outputs.map(asArtifact),
  ...(run.job?.continuationToken === undefined
    ? {}
    : { continuationToken: run.job.continuationToken }),
});

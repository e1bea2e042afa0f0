import type { CodePipeline } from '@aws-sdk/client-codepipeline';
import { boolean, tagsFor, text } from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { replaceTags } from '../../cloudformation/replace-tags';
import { toDeclaration } from './properties';

interface Transition {
  StageName: string;
  Reason: string;
}

const pipelineOf = (context: ProviderContext): CodePipeline =>
  context.client<CodePipeline>('codepipeline');

const tagsOf = (properties: Properties, context: ProviderContext) =>
  tagsFor(properties, context).map(({ Key: key, Value: value }) => ({ key, value }));

const disabledIn = (properties: Properties): Transition[] =>
  (properties['DisableInboundStageTransitions'] as Transition[] | undefined) ?? [];

async function disable(name: string, properties: Properties, context: ProviderContext) {
  for (const { StageName, Reason } of disabledIn(properties)) {
    await pipelineOf(context).disableStageTransition({
      pipelineName: name,
      stageName: StageName,
      transitionType: 'Inbound',
      reason: Reason,
    });
  }
}

const attributes = async (name: string, context: ProviderContext) => {
  const { pipeline } = await pipelineOf(context).getPipeline({ name });
  return { physicalId: name, attributes: { Version: String(pipeline?.version ?? 1) } };
};

const pipeline: ResourceProvider = {
  properties: [
    'ArtifactStore.EncryptionKey.Id',
    'ArtifactStore.EncryptionKey.Type',
    'ArtifactStore.Location',
    'ArtifactStore.Type',
    'ArtifactStores.ArtifactStore.EncryptionKey.Id',
    'ArtifactStores.ArtifactStore.EncryptionKey.Type',
    'ArtifactStores.ArtifactStore.Location',
    'ArtifactStores.ArtifactStore.Type',
    'ArtifactStores.Region',
    'DisableInboundStageTransitions.Reason',
    'DisableInboundStageTransitions.StageName',
    'ExecutionMode',
    'Name',
    'PipelineType',
    'RestartExecutionOnUpdate',
    'RoleArn',
    'Stages.Actions.ActionTypeId.Category',
    'Stages.Actions.ActionTypeId.Owner',
    'Stages.Actions.ActionTypeId.Provider',
    'Stages.Actions.ActionTypeId.Version',
    'Stages.Actions.Configuration',
    'Stages.Actions.InputArtifacts.Name',
    'Stages.Actions.Name',
    'Stages.Actions.Namespace',
    'Stages.Actions.OutputArtifacts.Name',
    'Stages.Actions.Region',
    'Stages.Actions.RoleArn',
    'Stages.Actions.RunOrder',
    'Stages.Actions.TimeoutInMinutes',
    'Stages.Name',
    'Stages.OnFailure.Result',
    'Stages.OnFailure.RetryConfiguration.RetryMode',
    'Tags',
    'Variables.DefaultValue',
    'Variables.Description',
    'Variables.Name',
  ],
  writeOnly: ['RestartExecutionOnUpdate'],

  async create(properties, context) {
    const name = text(properties, 'Name') ?? context.physicalName(100);
    await pipelineOf(context).createPipeline({
      pipeline: toDeclaration(name, properties),
      tags: tagsOf(properties, context),
    });
    await disable(name, properties, context);
    return attributes(name, context);
  },

  async update(name, { properties, previous }, context) {
    const codepipeline = pipelineOf(context);
    await codepipeline.updatePipeline({ pipeline: toDeclaration(name, properties) });
    await updateTags(name, properties, context);
    const kept = new Set(disabledIn(properties).map(({ StageName }) => StageName));
    for (const { StageName } of disabledIn(previous).filter((each) => !kept.has(each.StageName)))
      await codepipeline.enableStageTransition({
        pipelineName: name,
        stageName: StageName,
        transitionType: 'Inbound',
      });
    await disable(name, properties, context);
    if (boolean(properties, 'RestartExecutionOnUpdate'))
      await codepipeline.startPipelineExecution({ name });
    return attributes(name, context);
  },

  async delete(name, _properties, context) {
    await pipelineOf(context).deletePipeline({ name });
  },
};

async function updateTags(name: string, properties: Properties, context: ProviderContext) {
  const codepipeline = pipelineOf(context);
  const resourceArn = `arn:aws:codepipeline:${context.region}:${context.accountId}:${name}`;
  await replaceTags(tagsFor(properties, context), {
    keys: async () =>
      ((await codepipeline.listTagsForResource({ resourceArn })).tags ?? []).map(({ key }) => key),
    remove: (tagKeys) => codepipeline.untagResource({ resourceArn, tagKeys }),
    set: () => codepipeline.tagResource({ resourceArn, tags: tagsOf(properties, context) }),
  });
}

export default { 'AWS::CodePipeline::Pipeline': pipeline } satisfies ResourceProviders;

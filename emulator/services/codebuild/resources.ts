import type { CodeBuild } from '@aws-sdk/client-codebuild';
import { uncapitalised } from '../../cloudformation/member-names';
import { ignoring, tagsFor, text } from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { toProject } from './properties';
import { table } from '../../table';

const codebuildOf = (context: ProviderContext): CodeBuild => context.client<CodeBuild>('codebuild');

const tagsOf = (properties: Properties, context: ProviderContext) =>
  tagsFor(properties, context).map(({ Key: key, Value: value }) => ({ key, value }));

const artifacts = (prefix: string): string[] =>
  [
    'EncryptionDisabled',
    'Location',
    'Name',
    'NamespaceType',
    'OverrideArtifactName',
    'Packaging',
    'Path',
    'Type',
  ].map((name) => `${prefix}.${name}`);

const project: ResourceProvider = {
  properties: [
    ...artifacts('Artifacts'),
    'Description',
    'EncryptionKey',
    'Environment.ComputeType',
    'Environment.EnvironmentVariables.Name',
    'Environment.EnvironmentVariables.Type',
    'Environment.EnvironmentVariables.Value',
    'Environment.Image',
    'Environment.Type',
    'LogsConfig.CloudWatchLogs.GroupName',
    'LogsConfig.CloudWatchLogs.Status',
    'LogsConfig.CloudWatchLogs.StreamName',
    'Name',
    'SecondaryArtifacts.ArtifactIdentifier',
    ...artifacts('SecondaryArtifacts'),
    'SecondarySources.Location',
    'SecondarySources.SourceIdentifier',
    'SecondarySources.Type',
    'ServiceRole',
    'Source.BuildSpec',
    'Source.Location',
    'Source.Type',
    'SourceVersion',
    'Tags',
    'TimeoutInMinutes',
  ],
  stored: [
    'Cache.Location',
    'Cache.Modes',
    'Cache.Type',
    'ConcurrentBuildLimit',
    'Environment.ImagePullCredentialsType',
    'Environment.PrivilegedMode',
    'QueuedTimeoutInMinutes',
  ],

  async create(properties, context) {
    const name = text(properties, 'Name') ?? context.physicalName(255);
    const { project: made } = await codebuildOf(context).createProject({
      ...toProject(name, properties),
      tags: tagsOf(properties, context),
    });
    return { physicalId: name, attributes: { Arn: made?.arn, Id: name } };
  },

  async update(name, { properties, previous }, context) {
    const gone = Object.keys(previous).filter((member) => !(member in properties));
    await codebuildOf(context).updateProject({
      ...Object.fromEntries(gone.flatMap((member) => nothing[member] ?? [])),
      ...toProject(name, properties),
      tags: tagsOf(properties, context),
    });
    return { physicalId: name };
  },

  async delete(name, _properties, context) {
    await codebuildOf(context).deleteProject({ name });
  },
};

/** What an update that leaves a property out sets it to. */
const nothing: Record<string, [string, unknown][] | undefined> = table({
  Cache: [['cache', { type: 'NO_CACHE' }]],
  Description: [['description', '']],
  LogsConfig: [['logsConfig', {}]],
  SecondaryArtifacts: [['secondaryArtifacts', []]],
  SecondarySources: [['secondarySources', []]],
  SourceVersion: [['sourceVersion', '']],
});

const reportGroup: ResourceProvider = {
  properties: ['DeleteReports', 'ExportConfig.ExportConfigType', 'Name', 'Tags', 'Type'],
  writeOnly: ['DeleteReports'],

  async create(properties, context) {
    const name = text(properties, 'Name') ?? context.physicalName(128);
    const { reportGroup: made } = await codebuildOf(context).createReportGroup({
      name,
      type: properties['Type'] as 'TEST',
      exportConfig: uncapitalised(properties['ExportConfig'] as object),
      tags: tagsOf(properties, context),
    });
    return { physicalId: made?.arn ?? '', attributes: { Arn: made?.arn } };
  },

  async update(arn, { properties }, context) {
    await codebuildOf(context).updateReportGroup({ arn, tags: tagsOf(properties, context) });
    return { physicalId: arn };
  },

  async delete(arn, properties, context) {
    await ignoring(
      ['ResourceNotFoundException'],
      codebuildOf(context).deleteReportGroup({
        arn,
        deleteReports: text(properties, 'DeleteReports') === 'true',
      }),
    );
  },
};

export default {
  'AWS::CodeBuild::Project': project,
  'AWS::CodeBuild::ReportGroup': reportGroup,
} satisfies ResourceProviders;

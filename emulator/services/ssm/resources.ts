import type { CreateDocumentRequest, SSM } from '@aws-sdk/client-ssm';
import { unlessGone } from '../../cloudformation/unless-gone';
import type {
  Properties,
  Provided,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { tagList, tagRecord } from '../../tags';

interface ParameterProperties {
  Name?: string;
  Type?: 'String' | 'StringList';
  Value?: string;
  Description?: string;
  AllowedPattern?: string;
  DataType?: string;
  Tier?: 'Standard' | 'Advanced' | 'Intelligent-Tiering';
  Tags?: Record<string, string>;
}

interface DocumentProperties {
  Name?: string;
  Content?: unknown;
  DocumentType?: CreateDocumentRequest['DocumentType'];
  DocumentFormat?: 'JSON' | 'YAML';
  TargetType?: string;
  VersionName?: string;
  UpdateMethod?: 'Replace' | 'NewVersion';
  Tags?: { Key: string; Value: string }[];
}

type Tags = Record<string, string>;

/** Gives the resource the tags it should have and takes away what it had before. */
async function retag(
  ssm: SSM,
  resource: { ResourceType: 'Parameter' | 'Document'; ResourceId: string },
  { now, before }: { now: Tags; before: Tags },
): Promise<void> {
  const TagKeys = Object.keys(before).filter((key) => !(key in now));
  if (TagKeys.length > 0) await ssm.removeTagsFromResource({ ...resource, TagKeys });
  await ssm.addTagsToResource({ ...resource, Tags: tagList(now) });
}

const parameterInput = (properties: Properties) => {
  const { Type, Value, Description, AllowedPattern, Tier, DataType } =
    properties as ParameterProperties;
  return { Type, Value, Description, AllowedPattern, Tier, DataType };
};

const parameter: ResourceProvider = {
  properties: [
    'AllowedPattern',
    'DataType',
    'Description',
    'Name',
    'Tags',
    'Tier',
    'Type',
    'Value',
  ],

  async create(properties, context): Promise<Provided> {
    const { Name = context.physicalName(2048), Tags } = properties as ParameterProperties;
    const input = parameterInput(properties);
    await context
      .client<SSM>('ssm')
      .putParameter({ ...input, Name, Tags: tagList({ ...context.tags, ...Tags }) });
    return { physicalId: Name, attributes: { Type: input.Type, Value: input.Value } };
  },

  async update(Name, { properties, previous }, context) {
    const ssm = context.client<SSM>('ssm');
    const input = parameterInput(properties);
    const { Tags } = properties as ParameterProperties;
    const { Tags: before = {}, Description: old } = previous as ParameterProperties;
    // Parameter Store keeps a description that a new version does not mention.
    const Description = input.Description ?? (old === undefined ? undefined : '');
    await ssm.putParameter({ ...input, Description, Name, Overwrite: true });
    const now = { ...context.tags, ...Tags };
    await retag(ssm, { ResourceType: 'Parameter', ResourceId: Name }, { now, before });
    return { physicalId: Name, attributes: { Type: input.Type, Value: input.Value } };
  },

  delete: (Name, _properties, context) =>
    unlessGone(['ParameterNotFound'], () => context.client<SSM>('ssm').deleteParameter({ Name })),
};

const documentInput = (properties: Properties) => {
  const { Content, DocumentFormat, TargetType, VersionName } = properties as DocumentProperties;
  const text = typeof Content === 'string' ? Content : JSON.stringify(Content);
  return { Content: text, DocumentFormat: DocumentFormat ?? 'JSON', TargetType, VersionName };
};

async function createDocument(properties: Properties, context: ProviderContext): Promise<Provided> {
  const given = properties as DocumentProperties;
  const Name = given.Name ?? context.physicalName(128);
  await context.client<SSM>('ssm').createDocument({
    ...documentInput(properties),
    Name,
    DocumentType: given.DocumentType,
    Tags: tagList({ ...context.tags, ...tagRecord(given.Tags) }),
  });
  return { physicalId: Name };
}

const sameContent = (one: Properties, other: Properties): boolean =>
  JSON.stringify(documentInput(one)) === JSON.stringify(documentInput(other));

const deleteDocument = (Name: string, context: ProviderContext): Promise<void> =>
  unlessGone(['InvalidDocument'], () => context.client<SSM>('ssm').deleteDocument({ Name }));

async function addVersion(Name: string, properties: Properties, ssm: SSM): Promise<void> {
  const input = { ...documentInput(properties), Name, DocumentVersion: '$LATEST' };
  const { DocumentDescription } = await ssm.updateDocument(input);
  await ssm.updateDocumentDefaultVersion({
    Name,
    DocumentVersion: DocumentDescription?.DocumentVersion,
  });
}

const document: ResourceProvider = {
  properties: [
    'Content',
    'DocumentFormat',
    'DocumentType',
    'Name',
    'Tags',
    'TargetType',
    'UpdateMethod',
    'VersionName',
  ],
  writeOnly: ['UpdateMethod'],

  /** `UpdateMethod: Replace` is the default. */
  replaces({ properties, previous }) {
    const isReplaced = (properties as DocumentProperties).UpdateMethod !== 'NewVersion';
    return (isReplaced && !sameContent(properties, previous)) || undefined;
  },

  create: createDocument,

  async update(Name, { properties, previous }, context) {
    const ssm = context.client<SSM>('ssm');
    const given = properties as DocumentProperties;
    if (!sameContent(properties, previous)) {
      await addVersion(Name, properties, ssm);
    }
    const now = { ...context.tags, ...tagRecord(given.Tags) };
    const before = tagRecord((previous as DocumentProperties).Tags);
    await retag(ssm, { ResourceType: 'Document', ResourceId: Name }, { now, before });
    return { physicalId: Name };
  },

  delete: (Name, _properties, context) => deleteDocument(Name, context),
};

const resources: ResourceProviders = {
  'AWS::SSM::Parameter': parameter,
  'AWS::SSM::Document': document,
};

export default resources;

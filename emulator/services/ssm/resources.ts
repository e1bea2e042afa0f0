import type { CreateDocumentRequest, SSM } from '@aws-sdk/client-ssm';
import { unlessGone } from '../../cloudformation/unless-gone';
import type {
  Properties,
  Provided,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { awsError } from '../../errors';
import { tagList, tagRecord } from '../../tags';

interface ParameterProperties {
  Name?: string;
  Type?: 'String' | 'StringList';
  Value?: string;
  Description?: string;
  AllowedPattern?: string;
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
  const { Type, Value, Description, AllowedPattern, Tier } = properties as ParameterProperties;
  return { Type, Value, Description, AllowedPattern, Tier };
};

const parameter: ResourceProvider = {
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
    await ssm.putParameter({ ...input, Name, Overwrite: true });
    const { Tags } = properties as ParameterProperties;
    const { Tags: before = {} } = previous as ParameterProperties;
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

/** `UpdateMethod: Replace`, the default: a document whose name is fixed cannot be replaced. */
async function replaceDocument(old: string, properties: Properties, context: ProviderContext) {
  const { Name } = properties as DocumentProperties;
  if (Name !== undefined) {
    throw awsError(
      'ValidationError',
      `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${Name} and update the stack again.`,
    );
  }
  const made = await createDocument(properties, context);
  await deleteDocument(old, context);
  return made;
}

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
  create: createDocument,

  async update(Name, { properties, previous }, context) {
    const ssm = context.client<SSM>('ssm');
    const given = properties as DocumentProperties;
    if (!sameContent(properties, previous)) {
      if (given.UpdateMethod !== 'NewVersion') return replaceDocument(Name, properties, context);
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

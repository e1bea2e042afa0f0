import {
  InvalidDocument,
  InvalidDocumentVersion,
  type DocumentDescription,
  type DocumentIdentifier,
} from '@aws-sdk/client-ssm';
import { createHash } from 'node:crypto';
import type { Call } from '../../call';
import { refuse } from '../../refuse';
import { tagList } from '../../tags';
import { amazonDocuments } from './amazon-documents';
import { asText } from './automation/interpolate';
import { readRunbook } from './automation/runbook';
import type { DocumentVersion, SsmState, StoredDocument } from './state';

type SsmCall = Call<SsmState>;

/** The account's own document or one of AWS's, by name or ARN. */
export function findDocument(asked: string, { state }: SsmCall): StoredDocument | undefined {
  const name =
    asked.replace(/^arn:[^/]*(document|automation-definition)\//, '').split(':')[0] ?? '';
  return state.documents.get(name) ?? amazonDocuments.get(name);
}

export function requireDocument(asked: string, call: SsmCall): StoredDocument {
  const document = findDocument(asked, call);
  if (!document) throw refuse(InvalidDocument, `Document with name ${asked} does not exist.`);
  return document;
}

export const latestOf = ({ versions }: StoredDocument): string => versions.at(-1)?.version ?? '1';

/** A version by number, `$DEFAULT` (also when none is given) or `$LATEST`. */
export function findDocumentVersion(
  document: StoredDocument,
  asked: string | undefined,
): DocumentVersion | undefined {
  const aliases: Record<string, string> = {
    $DEFAULT: document.defaultVersion,
    $LATEST: latestOf(document),
  };
  const wanted = aliases[asked ?? '$DEFAULT'] ?? asked;
  return document.versions.find(({ version }) => version === wanted);
}

export function requireDocumentVersion(
  document: StoredDocument,
  asked: string | undefined,
): DocumentVersion {
  const version = findDocumentVersion(document, asked);
  if (version) return version;
  throw refuse(InvalidDocumentVersion, 'The document version is not valid or does not exist.');
}

/** AWS's own documents carry no account in their ARN. */
export const documentArn = ({ name, owner }: StoredDocument, { arn, region }: SsmCall): string =>
  owner === 'Amazon' ? `arn:aws:ssm:${region}::document/${name}` : arn(`document/${name}`);

/** What lists say of a document. */
export function identify(
  document: StoredDocument,
  version: DocumentVersion,
): DocumentIdentifier & DocumentDescription {
  return {
    Name: document.name,
    DisplayName: document.displayName,
    VersionName: version.name,
    Owner: document.owner,
    CreatedDate: document.createdAt,
    PlatformTypes: ['Windows', 'Linux', 'MacOS'],
    DocumentVersion: version.version,
    DocumentType: document.type,
    SchemaVersion: '0.3',
    DocumentFormat: version.format,
    TargetType: document.targetType,
    Tags: tagList(document.tags),
  };
}

/** What DescribeDocument says of one version. */
export function describe(document: StoredDocument, version: DocumentVersion): DocumentDescription {
  const { description, parameters = {} } = readRunbook(version.content, version.format);
  return {
    ...identify(document, version),
    CreatedDate: version.createdAt,
    Hash: createHash('sha256').update(version.content).digest('hex'),
    HashType: 'Sha256',
    Status: 'Active',
    Description: description,
    Parameters: Object.entries(parameters).map(([Name, parameter]) => ({
      Name,
      Type: parameter.type === 'StringList' ? 'StringList' : 'String',
      Description: parameter.description,
      ...(parameter.default !== undefined && { DefaultValue: asText(parameter.default) }),
    })),
    LatestVersion: latestOf(document),
    DefaultVersion: document.defaultVersion,
  };
}

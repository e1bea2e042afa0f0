import {
  DocumentAlreadyExists,
  DuplicateDocumentContent,
  DuplicateDocumentVersionName,
  InvalidDocumentOperation,
  InvalidDocumentVersion,
  type CreateDocumentRequest,
  type DocumentFormat,
  type UpdateDocumentRequest,
} from '@aws-sdk/client-ssm';
import { stringify } from 'yaml';
import type { Call } from '../../call';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { readRunbook } from './automation/runbook';
import { constraint } from './constraints';
import { checkContent } from './document-content';
import { describe, latestOf, requireDocument, requireDocumentVersion } from './document-lookup';
import type { DocumentVersion, SsmHandlers, SsmState, StoredDocument } from './state';

type SsmCall = Call<SsmState>;

const type = 'AWS::SSM::Document';

function checkNew({ Name = '', DocumentType: kind = 'Command' }: CreateDocumentRequest): void {
  if (!/^[a-zA-Z0-9_\-.]{3,128}$/.test(Name)) {
    throw constraint(Name, 'name', 'satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.]{3,128}$');
  }
  if (/^(aws|amazon|amzn)/i.test(Name)) {
    // The text is not verified.
    throw awsError('ValidationException', `Document name ${Name} uses a reserved prefix.`);
  }
  if (kind !== 'Automation') {
    throw awsError('ValidationException', `ssm documents of type ${kind} are not emulated`);
  }
}

/** AWS's own documents are read by everyone and changed by nobody. */
function requireOwn(name: string, call: SsmCall): StoredDocument {
  const document = requireDocument(name, call);
  if (document.owner !== 'Amazon') return document;
  // The text is not verified.
  throw awsError('AccessDeniedException', `Document ${name} is owned by Amazon.`);
}

function versionOf(
  input: CreateDocumentRequest | UpdateDocumentRequest,
  version: string,
  call: SsmCall,
): DocumentVersion {
  const { Content = '', DocumentFormat: format = 'JSON', VersionName: name } = input;
  checkContent(Content, format);
  return { version, name, content: Content, format, createdAt: call.now() };
}

function checkUpdate(input: UpdateDocumentRequest, document: StoredDocument): void {
  const { Content, VersionName, DocumentVersion: asked = '$LATEST' } = input;
  if (requireDocumentVersion(document, asked).version !== latestOf(document)) {
    throw refuse(InvalidDocumentVersion, 'The document version is not valid or does not exist.');
  }
  if (document.versions.some(({ content }) => content === Content)) {
    throw refuse(
      DuplicateDocumentContent,
      'The content of the association document matches another document. Change the content of the document and try again.',
    );
  }
  if (VersionName && document.versions.some(({ name }) => name === VersionName)) {
    throw refuse(DuplicateDocumentVersionName, 'The specified version name is a duplicate.');
  }
}

/** A document may be asked for in the other format than it was written in. */
function contentAs({ content, format }: DocumentVersion, wanted: DocumentFormat): string {
  if (wanted === format) return content;
  const runbook = readRunbook(content, format);
  return wanted === 'YAML' ? stringify(runbook) : JSON.stringify(runbook, null, 2);
}

function deleteVersion(document: StoredDocument, asked: string): void {
  const { version } = requireDocumentVersion(document, asked);
  if (version === document.defaultVersion) {
    throw refuse(InvalidDocumentOperation, "Default version of the document can't be deleted.");
  }
  document.versions = document.versions.filter((one) => one.version !== version);
}

export const documents = {
  CreateDocument(input, call) {
    const { Name: name = '', DisplayName: displayName, TargetType: targetType } = input;
    checkNew(input);
    if (call.state.documents.has(name)) {
      throw refuse(DocumentAlreadyExists, 'The specified document already exists.');
    }
    const version = versionOf(input, '1', call);
    const document: StoredDocument = {
      name,
      displayName,
      targetType,
      type: 'Automation',
      owner: call.accountId,
      tags: tagRecord(input.Tags),
      versions: [version],
      defaultVersion: '1',
      createdAt: call.now(),
    };
    call.state.documents.set(name, document);
    call.announce({ kind: 'CREATE', type, id: name });
    return { DocumentDescription: describe(document, version) };
  },

  UpdateDocument(input, call) {
    const document = requireOwn(input.Name ?? '', call);
    checkUpdate(input, document);
    const version = versionOf(input, String(Number(latestOf(document)) + 1), call);
    document.versions.push(version);
    document.displayName = input.DisplayName ?? document.displayName;
    document.targetType = input.TargetType ?? document.targetType;
    call.announce({ kind: 'UPDATE', type, id: document.name });
    return { DocumentDescription: describe(document, version) };
  },

  UpdateDocumentDefaultVersion({ Name = '', DocumentVersion }, call) {
    const document = requireOwn(Name, call);
    const { version, name } = requireDocumentVersion(document, DocumentVersion);
    document.defaultVersion = version;
    call.announce({ kind: 'UPDATE', type, id: document.name });
    return { Description: { Name, DefaultVersion: version, DefaultVersionName: name } };
  },

  GetDocument({ Name = '', DocumentVersion, DocumentFormat }, call) {
    const document = requireDocument(Name, call);
    const version = requireDocumentVersion(document, DocumentVersion);
    const format = DocumentFormat ?? version.format;
    return {
      Name: document.name,
      DisplayName: document.displayName,
      VersionName: version.name,
      CreatedDate: version.createdAt,
      DocumentVersion: version.version,
      Status: 'Active',
      Content: contentAs(version, format),
      DocumentType: document.type,
      DocumentFormat: format,
    };
  },

  DescribeDocument({ Name = '', DocumentVersion }, call) {
    const document = requireDocument(Name, call);
    return { Document: describe(document, requireDocumentVersion(document, DocumentVersion)) };
  },

  DeleteDocument({ Name = '', DocumentVersion }, call) {
    const document = requireOwn(Name, call);
    if (DocumentVersion === undefined) {
      call.state.documents.delete(document.name);
      call.announce({ kind: 'DELETE', type, id: document.name });
      return {};
    }
    deleteVersion(document, DocumentVersion);
    return {};
  },
} satisfies SsmHandlers;

import { InvalidFilterKey, type DocumentKeyValuesFilter } from '@aws-sdk/client-ssm';
import type { Call } from '../../call';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { amazonDocuments } from './amazon-documents';
import { identify, requireDocument, requireDocumentVersion } from './document-lookup';
import type { SsmHandlers, SsmState, StoredDocument } from './state';
import { table } from '../../table';

type Test = (document: StoredDocument, value: string, call: Call<SsmState>) => boolean;

const tests: Record<string, Test> = table({
  Name: ({ name }, prefix) => name.startsWith(prefix),
  DocumentType: ({ type }, wanted) => type === wanted,
  TargetType: ({ targetType }, wanted) => targetType === wanted,
  PlatformTypes: () => true,
  SchemaVersion: (_document, wanted) => wanted === '0.3',
  Owner: ({ owner }, wanted, { accountId }) =>
    ({ Self: owner === accountId, Amazon: owner === 'Amazon', All: true, Public: true })[wanted] ??
    owner === wanted,
});

function matches(
  document: StoredDocument,
  { Key = '', Values = [] }: DocumentKeyValuesFilter,
  call: Call<SsmState>,
): boolean {
  if (Key.startsWith('tag:')) {
    return Values.includes(document.tags[Key.slice('tag:'.length)] ?? '');
  }
  const test = tests[Key];
  // The text is not verified.
  if (!test) throw refuse(InvalidFilterKey, `The specified filter key is not valid: ${Key}`);
  return Values.some((value) => test(document, value, call));
}

export const documentLists = {
  ListDocuments({ Filters = [], DocumentFilterList = [], NextToken, MaxResults }, call) {
    const older = DocumentFilterList.map(({ key, value = '' }) => ({ Key: key, Values: [value] }));
    const found = [...call.state.documents.values(), ...amazonDocuments.values()].filter(
      (document) => [...Filters, ...older].every((filter) => matches(document, filter, call)),
    );
    const { page, next } = paginate(found, NextToken, MaxResults ?? 50);
    return {
      DocumentIdentifiers: page.map((document) =>
        identify(document, requireDocumentVersion(document, '$DEFAULT')),
      ),
      NextToken: next,
    };
  },

  ListDocumentVersions({ Name = '', NextToken, MaxResults }, call) {
    const document = requireDocument(Name, call);
    const { page, next } = paginate(document.versions.toReversed(), NextToken, MaxResults ?? 50);
    return {
      DocumentVersions: page.map((version) => ({
        Name: document.name,
        DisplayName: document.displayName,
        DocumentVersion: version.version,
        VersionName: version.name,
        CreatedDate: version.createdAt,
        IsDefaultVersion: version.version === document.defaultVersion,
        DocumentFormat: version.format,
        Status: 'Active' as const,
      })),
      NextToken: next,
    };
  },
} satisfies SsmHandlers;

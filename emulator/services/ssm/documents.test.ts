import { SSM } from '@aws-sdk/client-ssm';
import { stringify } from 'yaml';
import { emulated } from '../../../test/support/emulated';

const { client } = emulated();
const ssm = client(SSM);

const runbook = {
  schemaVersion: '0.3',
  description: 'Waits.',
  parameters: {
    Names: { type: 'StringList', description: 'Some names', default: ['a'] },
    GroupId: { type: 'String' },
  },
  mainSteps: [{ name: 'wait', action: 'aws:sleep', inputs: { Duration: 'PT1M' } }],
};
const Content = JSON.stringify(runbook);

const create = (Name: string, content: object | string = runbook) =>
  ssm.createDocument({
    Name,
    Content: typeof content === 'string' ? content : JSON.stringify(content),
    DocumentType: 'Automation',
  });

test('CreateDocument answers what the document declares', async () => {
  const { DocumentDescription } = await create('Described');
  expect(DocumentDescription).toMatchObject({
    Name: 'Described',
    Owner: '000000000000',
    Status: 'Active',
    DocumentVersion: '1',
    LatestVersion: '1',
    DefaultVersion: '1',
    DocumentType: 'Automation',
    SchemaVersion: '0.3',
    Description: 'Waits.',
    Parameters: [
      { Name: 'Names', Type: 'StringList', DefaultValue: '["a"]' },
      { Name: 'GroupId', Type: 'String' },
    ],
  });
});

test('CreateDocument of a name that exists is refused', async () => {
  await create('Existing');
  await expect(create('Existing')).rejects.toMatchObject({
    name: 'DocumentAlreadyExists',
  });
});

const step = { name: 'a', action: 'aws:sleep' };

test.each([
  ['text that is no JSON', '{', 'JSON not well-formed. at Line: 1, Column: 1'],
  ['no steps', { ...runbook, mainSteps: [] }, 'at least one step'],
  ['an unknown action', { ...runbook, mainSteps: [{ ...step, action: 'aws:dance' }] }, 'aws:dance'],
  ['two steps of one name', { ...runbook, mainSteps: [step, step] }, '"a" is not unique'],
  ['a jump to nowhere', { ...runbook, mainSteps: [{ ...step, nextStep: 'b' }] }, '"b"'],
  [
    'a reference to an undeclared parameter',
    { ...runbook, mainSteps: [{ ...step, inputs: { Duration: '{{ Pause }}' } }] },
    'Parameter "Pause" is not declared',
  ],
])('CreateDocument with %s is refused (text unverified)', async (_what, content, message) => {
  await expect(create('Broken', content)).rejects.toMatchObject({
    name: 'InvalidDocumentContent',
    message: expect.stringContaining(message) as unknown,
  });
});

test('CreateDocument of another schema version is refused', async () => {
  await expect(create('Old', { ...runbook, schemaVersion: '2.2' })).rejects.toMatchObject({
    name: 'InvalidDocumentSchemaVersion',
  });
});

test('CreateDocument of a Command document is refused', async () => {
  await expect(
    ssm.createDocument({ Name: 'Shell', Content, DocumentType: 'Command' }),
  ).rejects.toMatchObject({ name: 'ValidationException' });
});

test('A YAML document can be read as JSON', async () => {
  await ssm.createDocument({
    Name: 'Yaml',
    Content: stringify(runbook),
    DocumentType: 'Automation',
    DocumentFormat: 'YAML',
  });
  const read = await ssm.getDocument({ Name: 'Yaml', DocumentFormat: 'JSON' });
  expect(JSON.parse(read.Content ?? '')).toEqual(runbook);
});

test('UpdateDocument adds a version that becomes the default only when told', async () => {
  await create('Versioned');
  const changed = JSON.stringify({ ...runbook, description: 'Waits longer.' });
  const update = () =>
    ssm.updateDocument({ Name: 'Versioned', Content: changed, DocumentVersion: '$LATEST' });
  const { DocumentDescription } = await update();
  expect(DocumentDescription).toMatchObject({ DocumentVersion: '2', DefaultVersion: '1' });
  await expect(update()).rejects.toMatchObject({ name: 'DuplicateDocumentContent' });
  await expect(ssm.getDocument({ Name: 'Versioned' })).resolves.toMatchObject({
    DocumentVersion: '1',
  });
  await ssm.updateDocumentDefaultVersion({ Name: 'Versioned', DocumentVersion: '2' });
  await expect(ssm.getDocument({ Name: 'Versioned' })).resolves.toMatchObject({
    DocumentVersion: '2',
  });
  const { DocumentVersions } = await ssm.listDocumentVersions({ Name: 'Versioned' });
  expect(DocumentVersions?.map((one) => one.IsDefaultVersion)).toEqual([true, false]);
});

test('DescribeDocument answers what one version declares', async () => {
  await create('Told');
  const Content = JSON.stringify({ ...runbook, description: 'Waits longer.' });
  await ssm.updateDocument({ Name: 'Told', Content, DocumentVersion: '$LATEST' });
  const { Document: first } = await ssm.describeDocument({ Name: 'Told' });
  const { Document: latest } = await ssm.describeDocument({
    Name: 'Told',
    DocumentVersion: '$LATEST',
  });
  expect(first).toMatchObject({
    Name: 'Told',
    Description: 'Waits.',
    DocumentVersion: '1',
    LatestVersion: '2',
    DefaultVersion: '1',
    HashType: 'Sha256',
    Parameters: [
      {
        Name: 'Names',
        Type: 'StringList',
        Description: 'Some names',
        DefaultValue: '["a"]',
      },
      { Name: 'GroupId', Type: 'String' },
    ],
  });
  expect(latest).toMatchObject({ Description: 'Waits longer.', DocumentVersion: '2' });
  expect(latest?.Hash).not.toBe(first?.Hash);
});

test('DeleteDocument removes it', async () => {
  await create('Doomed');
  await ssm.deleteDocument({ Name: 'Doomed' });
  await expect(ssm.describeDocument({ Name: 'Doomed' })).rejects.toMatchObject({
    name: 'InvalidDocument',
  });
});

test("AWS's own documents are listed and read, but not deleted", async () => {
  const { DocumentIdentifiers } = await ssm.listDocuments({
    Filters: [{ Key: 'Owner', Values: ['Amazon'] }],
  });
  expect(DocumentIdentifiers?.map(({ Name }) => Name)).toContain(
    'AWS-DisablePublicAccessForSecurityGroup',
  );
  await expect(
    ssm.deleteDocument({ Name: 'AWS-DisablePublicAccessForSecurityGroup' }),
  ).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

import type { Call } from '../../call';
import type { Resource } from '../../changes/resource';
import { readRunbook } from './automation/runbook';
import { documentArn } from './document-lookup';
import { newest, parameterArn } from './parameter-names';
import { opsItemType } from './ops-items/notify';
import { opsItemArn, opsItemsOf } from './ops-items/store';
import type { SsmState, StoredDocument, StoredParameter } from './state';

type SsmCall = Call<SsmState>;

function viewParameter(parameter: StoredParameter, call: SsmCall): Resource {
  const { name, tags, versions } = parameter;
  const { value, type, tier, description, allowedPattern } = newest(parameter);
  return {
    arn: parameterArn(name, call),
    type: 'AWS::SSM::Parameter',
    id: name,
    name,
    tags,
    configuration: {
      Name: name,
      Type: type,
      // A secret stays where it is: views are read by services that show them.
      ...(type !== 'SecureString' && { Value: value }),
      Tier: tier,
      DataType: 'text',
      ...(description !== undefined && { Description: description }),
      ...(allowedPattern !== undefined && { AllowedPattern: allowedPattern }),
    },
    ...(versions[0] && { createdAt: versions[0].modifiedAt }),
  };
}

function viewDocument(document: StoredDocument, call: SsmCall): Resource {
  const { name, type, tags, versions, createdAt } = document;
  const latest = versions.at(-1);
  return {
    arn: documentArn(document, call),
    type: 'AWS::SSM::Document',
    id: name,
    name,
    tags,
    configuration: {
      Name: name,
      DocumentType: type,
      DocumentFormat: latest?.format,
      Content: latest && readRunbook(latest.content, latest.format),
      ...(document.targetType !== undefined && { TargetType: document.targetType }),
      ...(latest?.name !== undefined && { VersionName: latest.name }),
    },
    createdAt,
  };
}

/** OpsItems are found by their tags; CloudFormation, Config and drift do not know them. */
const viewOpsItems = (call: SsmCall): Resource[] =>
  [...opsItemsOf(call.state).values()]
    .filter(({ tags }) => Object.keys(tags).length > 0)
    .map(({ id, tags, createdAt }) => ({
      arn: opsItemArn(id, call),
      type: opsItemType,
      id,
      tags,
      configuration: {},
      createdAt,
    }));

/** Parameters, the account's own documents and tagged OpsItems. */
export const view = (call: SsmCall): Resource[] => [
  ...[...call.state.parameters.values()].map((parameter) => viewParameter(parameter, call)),
  ...[...call.state.documents.values()].map((document) => viewDocument(document, call)),
  ...viewOpsItems(call),
];

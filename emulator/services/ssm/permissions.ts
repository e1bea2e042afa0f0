import type { SSM, StartAutomationExecutionRequest } from '@aws-sdk/client-ssm';
import type { Call } from '../../call';
import type { Permission, Requirements } from '../../service';
import { definitionOf } from './automation/start';
import { documentArn, findDocument } from './document-lookup';
import { parameterArn } from './parameter-names';
import type { SsmState } from './state';

type SsmCall = Call<SsmState>;

const on = (call: SsmCall, resources: string[]): Permission => ({
  action: `ssm:${call.operation}`,
  resources,
});

const onParameter = ({ Name = '' }: { Name?: string | undefined }, call: SsmCall) => {
  const name = Name.replace(/^arn:[^:]*:ssm:[^:]*:[^:]*:parameter/, '').split(':')[0] ?? '';
  return on(call, [parameterArn(name, call)]);
};

const onParameters = ({ Names = [] }: { Names?: string[] | undefined }, call: SsmCall) =>
  on(
    call,
    Names.map((name) => parameterArn(name.split(':')[0] ?? '', call)),
  );

const onDocument = ({ Name = '' }: { Name?: string | undefined }, call: SsmCall) => {
  const document = findDocument(Name, call);
  return on(call, [document ? documentArn(document, call) : call.arn(`document/${Name}`)]);
};

const onExecution = (
  { AutomationExecutionId: id = '' }: { AutomationExecutionId?: string | undefined },
  call: SsmCall,
) => on(call, [call.arn(`automation-execution/${id}`)]);

const onOpsItem = ({ OpsItemId: id = '' }: { OpsItemId?: string | undefined }, call: SsmCall) =>
  on(call, [call.arn(`opsitem/${id}`)]);

const onTagged = (
  input: { ResourceType?: string | undefined; ResourceId?: string | undefined },
  call: SsmCall,
) => {
  const { ResourceType = '', ResourceId = '' } = input;
  const kinds: Record<string, string> = {
    Document: `document/${ResourceId}`,
    OpsItem: `opsitem/${ResourceId}`,
    Automation: `automation-execution/${ResourceId}`,
  };
  const kind = kinds[ResourceType];
  return on(call, [kind === undefined ? parameterArn(ResourceId, call) : call.arn(kind)]);
};

/**
 * Starting an automation with a role needs `iam:PassRole` on it, too. A service's own role may pass
 * any role to Systems Manager, so services are not asked.
 */
function onStart(input: StartAutomationExecutionRequest, call: SsmCall): Permission[] {
  const { DocumentName: name = '', DocumentVersion: version = '$DEFAULT' } = input;
  const owner = findDocument(name, call)?.owner === 'Amazon' ? '' : call.accountId;
  const definition = `arn:aws:ssm:${call.region}:${owner}:automation-definition/${name}:${version}`;
  const role = call.principal.type === 'service' ? undefined : passedRole(input, call);
  const pass: Permission[] = role
    ? [
        {
          action: 'iam:PassRole',
          resources: [role],
          context: { 'iam:PassedToService': 'ssm.amazonaws.com' },
        },
      ]
    : [];
  return [on(call, [definition]), ...pass];
}

function passedRole(input: StartAutomationExecutionRequest, call: SsmCall): string | undefined {
  if (!findDocument(input.DocumentName ?? '', call)) return undefined;
  const { assumeRole = '' } = definitionOf(input, call).runbook;
  const parameter = /^\{\{\s*(\w+)\s*\}\}$/.exec(assumeRole)?.[1];
  return parameter === undefined ? assumeRole : input.Parameters?.[parameter]?.[0];
}

/** What each operation asks of IAM; the lists ask for their action on `*`. */
export const permissions: Requirements<SSM, SsmState> = {
  PutParameter: onParameter,
  GetParameter: onParameter,
  GetParameterHistory: onParameter,
  LabelParameterVersion: onParameter,
  DeleteParameter: onParameter,
  GetParameters: onParameters,
  DeleteParameters: onParameters,
  GetParametersByPath: ({ Path = '' }, call) => onParameter({ Name: Path }, call),
  CreateDocument: onDocument,
  UpdateDocument: onDocument,
  UpdateDocumentDefaultVersion: onDocument,
  GetDocument: onDocument,
  DescribeDocument: onDocument,
  DeleteDocument: onDocument,
  ListDocumentVersions: onDocument,
  StartAutomationExecution: onStart,
  StopAutomationExecution: onExecution,
  GetAutomationExecution: onExecution,
  DescribeAutomationStepExecutions: onExecution,
  GetOpsItem: onOpsItem,
  UpdateOpsItem: onOpsItem,
  DeleteOpsItem: onOpsItem,
  AddTagsToResource: onTagged,
  RemoveTagsFromResource: onTagged,
  ListTagsForResource: onTagged,
};

import type { ParameterDeclaration as ShownParameter } from '@aws-sdk/client-cloudformation';
import { validationError } from '../../cloudformation/errors';
import { factsOf } from '../../cloudformation/resource-types';
import { requiredCapability } from '../../cloudformation/template/capabilities';
import { parseTemplate } from '../../cloudformation/template/parse';
import type {
  ParameterDeclaration,
  ResourceDeclaration,
  Template,
} from '../../cloudformation/template/template';
import { text } from '../../cloudformation/template/text';
import { getChangeSet, getStack, getStackById } from './find';
import type { CloudFormationCall, CloudFormationHandlers } from './state';
import { readTemplate, storedTemplate, type TemplateInput } from './template-source';

const stages = ['Original' as const, 'Processed' as const];

export const templates = {
  GetTemplate({ StackName: name, ChangeSetName: changeSet, TemplateStage: stage }, call) {
    // Without transforms, which are refused, both stages are the same.
    if (stage !== undefined && !stages.includes(stage)) {
      throw validationError(`Template stage ${String(stage)} is not available`);
    }
    const { settings } = changeSet
      ? getChangeSet(call, { ChangeSetName: changeSet, StackName: name })
      : getStackById(call, name);
    const body = settings.template ? storedTemplate(call, settings.template) : '';
    return { TemplateBody: body, StagesAvailable: stages };
  },

  async ValidateTemplate(input, call) {
    const template = parseTemplate(await readTemplate(call, input));
    return {
      Parameters: Object.entries(template.Parameters).map(([key, declaration]) => ({
        ParameterKey: key,
        ...(declaration.Default === undefined ? {} : { DefaultValue: text(declaration.Default) }),
        NoEcho: text(declaration.NoEcho) === 'true',
        ...describe(declaration),
      })),
      ...describe(template),
      ...capabilitiesOf(template),
    };
  },

  async GetTemplateSummary(input, call) {
    const template = parseTemplate(await summarised(call, input));
    const resources = Object.entries(template.Resources);
    return {
      Parameters: Object.entries(template.Parameters).map(summaryOfParameter),
      ...describe(template),
      ...capabilitiesOf(template),
      ResourceTypes: resources.map(([, { Type: type }]) => type),
      Version: '2010-09-09',
      ...(Object.keys(template.Metadata).length === 0
        ? {}
        : { Metadata: JSON.stringify(template.Metadata) }),
      DeclaredTransforms: [],
      ResourceIdentifierSummaries: identifiersOf(resources),
    };
  },
} satisfies CloudFormationHandlers;

interface Described {
  Description?: string;
}

const describe = ({ Description: text }: Described): Described =>
  text === undefined ? {} : { Description: text };

function capabilitiesOf(template: Template) {
  const required = requiredCapability(Object.values(template.Resources));
  if (!required) return {};
  return {
    Capabilities: [required.capability],
    CapabilitiesReason: `The following resource(s) require capabilities: [${required.types.join(', ')}]`,
  };
}

async function summarised(
  call: CloudFormationCall,
  input: TemplateInput & { StackName?: string | undefined },
): Promise<string> {
  if (!input.StackName) return readTemplate(call, input);
  const stack = getStack(call, input.StackName);
  if (stack.status === 'REVIEW_IN_PROGRESS') {
    throw validationError('GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.');
  }
  return storedTemplate(call, stack.settings.template);
}

function summaryOfParameter([key, declaration]: [string, ParameterDeclaration]): ShownParameter {
  const { AllowedValues: allowed, AllowedPattern: pattern } = declaration;
  return {
    ParameterKey: key,
    ...(declaration.Default === undefined ? {} : { DefaultValue: text(declaration.Default) }),
    ParameterType: declaration.Type,
    NoEcho: text(declaration.NoEcho) === 'true',
    ...describe(declaration),
    ParameterConstraints: {
      ...(allowed ? { AllowedValues: allowed.map(String) } : {}),
      ...(pattern === undefined ? {} : { AllowedPattern: pattern }),
    },
  };
}

/** Which property identifies the resources of each type, for imports. */
function identifiersOf(resources: [string, ResourceDeclaration][]) {
  const types = [...new Set(resources.map(([, { Type: type }]) => type))];
  return types.flatMap((type) => {
    const facts = factsOf(type);
    if (!facts) return [];
    const logicalIds = resources.filter(([, each]) => each.Type === type).map(([id]) => id);
    return {
      ResourceType: type,
      LogicalResourceIds: logicalIds,
      ResourceIdentifiers: facts.primaryIdentifier,
    };
  });
}

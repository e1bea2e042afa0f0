import type { ParameterDeclaration as ShownParameter } from '@aws-sdk/client-cloudformation';
import type { ChangeSet } from '../../cloudformation/change-set';
import { validationError } from '../../cloudformation/errors';
import { factsOf } from '../../cloudformation/resource-types';
import type { Stack } from '../../cloudformation/stack';
import { requiredCapability } from '../../cloudformation/template/capabilities';
import { checkMentions } from '../../cloudformation/template/check';
import { checkDefaults } from '../../cloudformation/template/parameters';
import { parseTemplate } from '../../cloudformation/template/parse';
import {
  isLoop,
  isRecord,
  type ParameterDeclaration,
  type ResourceDeclaration,
  type Template,
} from '../../cloudformation/template/template';
import { text } from '../../cloudformation/template/text';
import { modelOf, type Surroundings } from './environment';
import { getChangeSet, getStack, getStackById, stackOfChangeSet } from './find';
import type { CloudFormationCall, CloudFormationHandlers } from './state';
import { readTemplate, storedTemplate, type TemplateInput } from './template-source';

const stages = ['Original' as const, 'Processed' as const];

export const templates = {
  async GetTemplate({ TemplateStage: stage, ...input }, call) {
    if (stage !== undefined && !stages.includes(stage)) {
      throw validationError(`Template stage ${String(stage)} is not available`);
    }
    const found = ownerOf(call, input);
    const { template } = found.settings;
    const body = template ? storedTemplate(call, template) : '';
    const isProcessed = stage === 'Processed' && body !== '';
    const stack = 'stackId' in found ? stackOfChangeSet(call, found) : found;
    return {
      TemplateBody: isProcessed ? await processed(call, body, { stack, ...found }) : body,
      StagesAvailable: stages,
    };
  },

  async ValidateTemplate(input, call) {
    const template = parseTemplate(await readTemplate(call, input));
    checkDefaults(template.Parameters);
    checkMentions(template);
    return {
      Parameters: Object.entries(template.Parameters).map(([key, declaration]) => ({
        ParameterKey: key,
        ...(declaration.Default === undefined ? {} : { DefaultValue: text(declaration.Default) }),
        NoEcho: text(declaration.NoEcho) === 'true',
        ...describe(declaration),
      })),
      ...describe(template),
      ...capabilitiesOf(template),
      ...(template.Transform.length > 0 ? { DeclaredTransforms: template.Transform } : {}),
    };
  },

  async GetTemplateSummary(input, call) {
    const template = parseTemplate(await summarised(call, input));
    const resources = declaredResources(template.Resources);
    return {
      Parameters: Object.entries(template.Parameters).map(summaryOfParameter),
      ...describe(template),
      ...capabilitiesOf(template),
      ResourceTypes: resources.map(([, { Type: type }]) => type),
      Version: '2010-09-09',
      ...(Object.keys(template.Metadata).length === 0
        ? {}
        : { Metadata: JSON.stringify(template.Metadata) }),
      DeclaredTransforms: template.Transform,
      ResourceIdentifierSummaries: identifiersOf(resources),
    };
  },
} satisfies CloudFormationHandlers;

/** What has the template. */
function ownerOf(
  call: CloudFormationCall,
  input: { StackName?: string | undefined; ChangeSetName?: string | undefined },
): Stack | ChangeSet {
  const { StackName: name, ChangeSetName: changeSet } = input;
  if (changeSet === undefined) {
    if (name) return getStackById(call, name);
    throw validationError('StackName is required if ChangeSetName is not specified.');
  }
  if (!name && !changeSet.startsWith('arn:'))
    throw validationError('StackName is a required parameter.');
  return getChangeSet(call, input);
}

interface Described {
  Description?: string;
}

const describe = ({ Description: text }: Described): Described =>
  text === undefined ? {} : { Description: text };

function capabilitiesOf(template: Template) {
  const resources = declaredResources(template.Resources).map(([, resource]) => resource);
  const required = requiredCapability(resources);
  const asking = [...(required?.types ?? []), ...template.Transform];
  if (asking.length === 0) return {};
  const capabilities = required ? [required.capability] : [];
  return {
    Capabilities:
      template.Transform.length > 0
        ? [...capabilities, 'CAPABILITY_AUTO_EXPAND' as const]
        : capabilities,
    CapabilitiesReason: `The following resource(s) require capabilities: [${asking.join(', ')}]`,
  };
}

/** Resources by logical id, those that a loop would make included. */
function declaredResources(members: Record<string, unknown>): [string, ResourceDeclaration][] {
  return Object.entries(members).flatMap(([key, member]): [string, ResourceDeclaration][] => {
    if (!isLoop(key)) return [[key, member as ResourceDeclaration]];
    const fragment: unknown = Array.isArray(member) ? member[2] : undefined;
    return isRecord(fragment) ? declaredResources(fragment) : [];
  });
}

/** The template as the transform leaves it. */
async function processed(
  call: CloudFormationCall,
  body: string,
  { stack, settings }: Pick<Surroundings, 'stack' | 'settings'>,
): Promise<string> {
  const template = parseTemplate(body);
  if (template.Transform.length === 0) return body;
  const caller = { principal: call.principal };
  const model = await modelOf(call, { stack, settings, template, caller });
  const { Transform: _applied, ...sections } = model.template;
  return JSON.stringify(Object.fromEntries(Object.entries(sections).filter(isFilled)));
}

const isFilled = ([, section]: [string, unknown]): boolean =>
  typeof section !== 'object' || Object.keys(section ?? {}).length > 0;

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

import {
  AutomationDefinitionNotFoundException,
  AutomationDefinitionVersionNotFoundException,
  InvalidAutomationExecutionParametersException,
  type StartAutomationExecutionRequest,
} from '@aws-sdk/client-ssm';
import type { Call } from '../../../call';
import { awsError } from '../../../errors';
import { refuse } from '../../../refuse';
import { tagRecord } from '../../../tags';
import { findDocument, findDocumentVersion } from '../document-lookup';
import type { Execution, SsmState } from '../state';
import { interpolate } from './interpolate';
import { defaultValues, lookupIn } from './lookup';
import { callerOf } from './role';
import { readRunbook, type Runbook, type RunbookParameter } from './runbook';

type SsmCall = Call<SsmState>;

const invalid = (message: string) => refuse(InvalidAutomationExecutionParametersException, message);

const unsupported = [
  'AlarmConfiguration',
  'MaxConcurrency',
  'MaxErrors',
  'TargetLocations',
  'TargetLocationsURL',
  'TargetMaps',
  'TargetParameterName',
  'Targets',
] as const;

function checkInput(input: StartAutomationExecutionRequest): void {
  const name = unsupported.find((member) => input[member] !== undefined);
  if (name) throw awsError('ValidationException', `ssm automations with ${name} are not emulated`);
  if (input.Mode === 'Interactive') {
    throw awsError('ValidationException', 'ssm automations of mode Interactive are not emulated');
  }
}

/** The document and version that a start asks for. */
export function definitionOf(input: StartAutomationExecutionRequest, call: SsmCall) {
  const { DocumentName: name = '', DocumentVersion } = input;
  const document = findDocument(name, call);
  // Both texts are not verified.
  if (!document) {
    throw refuse(AutomationDefinitionNotFoundException, `Automation Definition ${name} Not Found.`);
  }
  const version = findDocumentVersion(document, DocumentVersion);
  if (!version) {
    throw refuse(
      AutomationDefinitionVersionNotFoundException,
      `Automation Definition ${name} with version ${DocumentVersion} Not Found.`,
    );
  }
  return { document, version, runbook: readRunbook(version.content, version.format) };
}

const rules: ((name: string, value: string, parameter: RunbookParameter) => string | undefined)[] =
  [
    (name, value, { allowedValues }) =>
      allowedValues && !allowedValues.map(String).includes(value)
        ? `Parameter "${name}" has value "${value}" not found in [${allowedValues.join(', ')}].`
        : undefined,
    // The text is not verified.
    (name, value, { allowedPattern }) =>
      allowedPattern && !new RegExp(allowedPattern).test(value)
        ? `Parameter "${name}" has value "${value}" not match [${allowedPattern}].`
        : undefined,
  ];

// The texts are not verified.
function valuesOf(name: string, parameter: RunbookParameter, given: string[] | undefined) {
  if (!given) {
    if (parameter.default !== undefined) return defaultValues(parameter.default);
    throw invalid(`Parameter "${name}" is required but has no value.`);
  }
  if (!parameter.type.includes('List') && given.length > 1) {
    throw invalid(`Parameter "${name}" of type ${parameter.type} has more than one value.`);
  }
  const broken = given.flatMap((value) => rules.map((rule) => rule(name, value, parameter)));
  const [first] = broken.filter((message) => message !== undefined);
  if (first !== undefined) throw invalid(first);
  return given;
}

/** Every declared parameter with the caller's values or its default; what does not fit is refused. */
function parametersFor(
  { parameters: declared = {} }: Runbook,
  given: Record<string, string[]>,
): Record<string, string[]> {
  const unknown = Object.keys(given).find((name) => !(name in declared));
  // The text is not verified.
  if (unknown !== undefined)
    throw invalid(`Parameter "${unknown}" is not defined in the document.`);
  return Object.fromEntries(
    Object.entries(declared).map(([name, parameter]) => [
      name,
      valuesOf(name, parameter, given[name]),
    ]),
  );
}

/** The role that a runbook says it assumes; an empty one counts as none. */
function roleOf(execution: Execution, runbook: Runbook, call: SsmCall): string | undefined {
  const role = interpolate(runbook.assumeRole ?? '', lookupIn(execution, runbook, call));
  return typeof role === 'string' && role !== '' ? role : undefined;
}

/** An execution ready to run, its role known to trust Systems Manager. */
export async function makeExecution(
  input: StartAutomationExecutionRequest,
  call: SsmCall,
): Promise<Execution> {
  checkInput(input);
  const { document, version, runbook } = definitionOf(input, call);
  const execution: Execution = {
    id: call.random.uuid(),
    document: document.name,
    version: version.version,
    content: version.content,
    format: version.format,
    parameters: parametersFor(runbook, input.Parameters ?? {}),
    tags: tagRecord(input.Tags),
    role: undefined,
    starter: call.principal,
    mode: 'Auto',
    status: 'InProgress',
    verdict: 'Success',
    startedAt: call.now(),
    outputs: {},
    steps: runbook.mainSteps.map(({ name, action }) => ({
      id: call.random.uuid(),
      name,
      action,
      status: 'Pending',
      attempts: 0,
      inputs: {},
      outputs: {},
    })),
    next: runbook.mainSteps[0]?.name,
  };
  execution.role = roleOf(execution, runbook, call);
  await checkRole(execution, call);
  return execution;
}

async function checkRole(execution: Execution, call: SsmCall): Promise<void> {
  try {
    await callerOf(execution, call);
  } catch {
    throw invalid('The defined assume role is unable to be assumed.');
  }
}

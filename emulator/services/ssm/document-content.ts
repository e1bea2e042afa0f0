import {
  InvalidDocumentContent,
  InvalidDocumentSchemaVersion,
  type DocumentFormat,
} from '@aws-sdk/client-ssm';
import { parse, YAMLParseError } from 'yaml';
import { refuse } from '../../refuse';
import type { Runbook, RunbookStep } from './automation/runbook';
import { referencesIn } from './automation/interpolate';

const actions =
  'approve assertAwsResourceProperty assumeRole branch changeInstanceState copyImage createImage createStack createTags deleteImage deleteStack executeAutomation executeAwsApi executeScript executeStateMachine invokeLambdaFunction invokeWebhook loop pause runCommand runInstances sleep updateVariable waitForAwsResourceProperty';
const known = new Set(actions.split(' ').map((name) => `aws:${name}`));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (message: string) => refuse(InvalidDocumentContent, message);

/** Reads and checks the content of an Automation document; what is wrong is refused as AWS does. */
export function checkContent(content: string, format: DocumentFormat): Runbook {
  const runbook = format === 'YAML' ? readYaml(content) : readJson(content);
  if (!isObject(runbook)) throw invalid(`${format} not well-formed. at Line: 1, Column: 1`);
  if (runbook['schemaVersion'] !== '0.3') {
    // The text is not verified.
    throw refuse(
      InvalidDocumentSchemaVersion,
      `Document schema version, ${String(runbook['schemaVersion'])}, is not supported by document type Automation, document is not created`,
    );
  }
  const checked = checkSteps(runbook);
  checkReferences(checked);
  return checked;
}

function readJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw invalid('JSON not well-formed. at Line: 1, Column: 1');
  }
}

function readYaml(content: string): unknown {
  try {
    return parse(content);
  } catch (error) {
    const [at] = (error instanceof YAMLParseError && error.linePos) || [];
    throw invalid(`YAML not well-formed. at Line: ${at?.line ?? 1}, Column: ${at?.col ?? 1}`);
  }
}

// The texts of the refusals below are not verified.
function checkSteps(document: Record<string, unknown>): Runbook {
  const steps = document['mainSteps'];
  if (!Array.isArray(steps) || steps.length === 0) {
    throw invalid('Automation document must have at least one step in mainSteps.');
  }
  steps.forEach(checkStep);
  checkNames(steps as RunbookStep[]);
  return document as unknown as Runbook;
}

function checkNames(steps: RunbookStep[]): void {
  const names = steps.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(`Step name "${twice}" is not unique.`);
  for (const { name, target } of steps.flatMap(targetsOf)) {
    if (!names.includes(target)) {
      throw invalid(`Step "${name}" refers to unknown step "${target}".`);
    }
  }
}

function checkStep(step: Partial<RunbookStep>): void {
  const { name = '', action = '' } = isObject(step) ? step : {};
  if (!/^[a-zA-Z0-9_]{1,128}$/.test(name)) throw invalid(`Step name "${name}" is not valid.`);
  if (!known.has(action)) throw invalid(`Action "${action}" of step "${name}" is not supported.`);
  const failure = step.onFailure ?? 'Abort';
  if (!/^(Abort|Continue|step:.+)$/.test(failure)) {
    throw invalid(`Step "${name}" has invalid onFailure "${failure}".`);
  }
}

function targetsOf({ name, nextStep, onFailure, onCancel }: RunbookStep) {
  const jumps = [onFailure, onCancel].filter((to) => to?.startsWith('step:'));
  const targets = jumps.map((to = '') => to.slice('step:'.length));
  return [...(nextStep === undefined ? [] : [nextStep]), ...targets].map((target) => ({
    name,
    target,
  }));
}

function checkReferences(runbook: Runbook): void {
  const declared = runbook.parameters ?? {};
  const used = referencesIn([runbook.assumeRole, runbook.mainSteps.map(({ inputs }) => inputs)]);
  for (const reference of used) {
    if (/^\w+$/.test(reference) && !(reference in declared)) {
      throw invalid(`Parameter "${reference}" is not declared`);
    }
  }
}

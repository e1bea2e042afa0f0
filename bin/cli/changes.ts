import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import { parse } from 'yaml';
import { findStack } from '../../lib/deploy/stacks';

/** A CloudFormation template, as far as it is compared. */
export interface Template {
  Resources?: Record<string, { Type: string; Properties?: unknown }>;
}

/** The template of a stack as it was last deployed; nothing when there is no stack or it cannot be read. */
export async function deployedTemplate(
  cloudformation: CloudFormation,
  name: string,
): Promise<Template | undefined> {
  if (!(await findStack(cloudformation, name))) return undefined;
  const { TemplateBody = '' } = await cloudformation.getTemplate({ StackName: name });
  const template: unknown = parse(TemplateBody, { logLevel: 'silent' });
  return typeof template === 'object' && template !== null ? template : undefined;
}

/** What deploying `after` does to a stack that is `before`, resource by resource. */
export function templateChanges(before: Template, after: Template): string[] {
  const [old = {}, wanted = {}] = [before.Resources, after.Resources];
  const ids = [...new Set([...Object.keys(wanted), ...Object.keys(old)])];
  return ids
    .filter((id) => (wanted[id] ?? old[id])?.Type !== 'AWS::CDK::Metadata')
    .flatMap((id) => resourceChanges(id, old[id], wanted[id]));
}

// --- internal ---

type Resource = NonNullable<Template['Resources']>[string];

function resourceChanges(id: string, old?: Resource, wanted?: Resource): string[] {
  if (!old) return [`+ ${id} (${wanted?.Type})`];
  if (!wanted) return [`- ${id} (${old.Type})`];
  const lines = valueChanges(old.Properties, wanted.Properties, '');
  return lines.length === 0
    ? []
    : [`~ ${id} (${wanted.Type})`, ...lines.map((line) => `    ${line}`)];
}

/** One line a value that differs, by its path. */
function valueChanges(old: unknown, wanted: unknown, path: string): string[] {
  if (JSON.stringify(old) === JSON.stringify(wanted)) return [];
  if (!isObject(old) || !isObject(wanted) || Array.isArray(old) !== Array.isArray(wanted)) {
    return [`${path}: ${short(old)} → ${short(wanted)}`];
  }
  return [...new Set([...Object.keys(old), ...Object.keys(wanted)])].flatMap((key) =>
    valueChanges(old[key], wanted[key], path === '' ? key : `${path}.${key}`),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function short(value: unknown): string {
  const text = value === undefined ? '(nothing)' : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

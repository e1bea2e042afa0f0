import type { DocumentFormat } from '@aws-sdk/client-ssm';
import { parse } from 'yaml';

/** A step as a runbook of schema 0.3 writes it. */
export interface RunbookStep {
  name: string;
  action: string;
  inputs?: Record<string, unknown>;
  outputs?: { Name: string; Selector: string; Type?: string }[];
  onFailure?: string;
  onCancel?: string;
  isCritical?: boolean | string;
  isEnd?: boolean | string;
  nextStep?: string;
  maxAttempts?: number | string;
  timeoutSeconds?: number | string;
}

export interface RunbookParameter {
  type: string;
  description?: string;
  default?: unknown;
  allowedValues?: unknown[];
  allowedPattern?: string;
  minItems?: number;
  maxItems?: number;
}

/** An Automation document of schema 0.3. */
export interface Runbook {
  schemaVersion: string;
  description?: string;
  assumeRole?: string;
  parameters?: Record<string, RunbookParameter>;
  mainSteps: RunbookStep[];
  outputs?: string[];
}

/** A runbook's text as data; the text was checked when the document was stored. */
export const readRunbook = (content: string, format: DocumentFormat): Runbook =>
  (format === 'YAML' ? parse(content) : JSON.parse(content)) as Runbook;

/** YAML and JSON both let a flag stand as `true` or as `'true'`. */
export const isTrue = (flag: boolean | string | undefined): boolean => String(flag) === 'true';

/** By AWS's rule a step that goes on after failure is not critical unless it says so. */
export function isCritical({ isCritical: flag, onFailure }: RunbookStep): boolean {
  return flag === undefined ? onFailure !== 'Continue' : isTrue(flag);
}

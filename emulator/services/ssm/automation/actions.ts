import { amazonDocuments } from '../amazon-documents';
import { amazonScripts } from '../amazon-remediations';
import { type Action, failed } from './action';
import { branch } from './branch';
import { createTags } from './create-tags';
import { executeAwsApi } from './execute-aws-api';
import { executeScript } from './execute-script';
import { invokeLambdaFunction } from './invoke-lambda-function';
import { assertAwsResourceProperty, waitForAwsResourceProperty } from './resource-property';
import type { RunbookStep } from './runbook';
import { sleep } from './sleep';
import { table } from '../../../table';

const actions: Record<string, Action> = table({
  'aws:executeAwsApi': executeAwsApi,
  'aws:assertAwsResourceProperty': assertAwsResourceProperty,
  'aws:waitForAwsResourceProperty': waitForAwsResourceProperty,
  'aws:executeScript': executeScript,
  'aws:invokeLambdaFunction': invokeLambdaFunction,
  'aws:createTags': createTags,
  'aws:branch': branch,
  'aws:sleep': sleep,
});

/** The action, or one that fails by name: a check reads the phrase as *not gradable here*. */
export function actionOf({ action, name }: RunbookStep, document: string): Action {
  const script = amazonDocuments.has(document) ? amazonScripts[name] : undefined;
  return script ?? actions[action] ?? (() => failed(`${action} is not emulated`));
}

import { type Action, failed } from './action';
import { branch } from './branch';
import { executeAwsApi } from './execute-aws-api';
import { assertAwsResourceProperty, waitForAwsResourceProperty } from './resource-property';
import { sleep } from './sleep';

const actions: Record<string, Action> = {
  'aws:executeAwsApi': executeAwsApi,
  'aws:assertAwsResourceProperty': assertAwsResourceProperty,
  'aws:waitForAwsResourceProperty': waitForAwsResourceProperty,
  'aws:branch': branch,
  'aws:sleep': sleep,
};

/** The action, or one that fails by name: a check reads the phrase as *not gradable here*. */
export const actionOf = (name: string): Action =>
  actions[name] ?? (() => failed(`${name} is not emulated`));

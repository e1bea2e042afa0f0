import {
  type InputTransformer,
  LimitExceededException,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../arn';
import { parseJson } from '../../json';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { checkName, invalid } from './errors';
import { findRule } from './find';
import { placeholder, predefinedNames } from './input';
import { isPath } from './json-path';
import { announce } from './rules';
import type { EventBridgeHandlers, Rule } from './state';
import { kindNames, kindOf } from './targets';

const mostTargets = 5;

export const targets = {
  PutTargets({ Rule, EventBusName, Targets = [] }, call) {
    const rule = findRule({ name: Rule, bus: EventBusName }, call);
    Targets.forEach(check);
    checkCount(rule, Targets);
    for (const target of Targets) rule.targets.set(target.Id ?? '', target);
    announce('UPDATE', rule, call);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },

  RemoveTargets({ Rule, EventBusName, Ids = [] }, call) {
    const rule = findRule({ name: Rule, bus: EventBusName }, call);
    for (const id of Ids) rule.targets.delete(id);
    announce('UPDATE', rule, call);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },

  ListTargetsByRule({ Rule, EventBusName, Limit = 100, NextToken }, call) {
    const rule = findRule({ name: Rule, bus: EventBusName }, call);
    const { page, next } = paginate([...rule.targets.values()], NextToken, Limit);
    return { Targets: page, ...(next === undefined ? {} : { NextToken: next }) };
  },
} satisfies EventBridgeHandlers;

function checkCount(rule: Rule, added: readonly Target[]): void {
  const ids = new Set([...rule.targets.keys(), ...added.map(({ Id = '' }) => Id)]);
  if (ids.size > mostTargets)
    throw refuse(
      LimitExceededException,
      'The requested resource exceeds the maximum number allowed.',
    );
}

function check(target: Target, index: number): void {
  const { Id: id = '', Arn: arn = '' } = target;
  checkName(id, `targets.${index + 1}.member.id`);
  if (!parseArn(arn))
    throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  if (!kindOf(target))
    throw invalid(
      `Target ${id}: ${arn} is not emulated; targets may be ${kindNames.join(' and ')} resources.`,
    );
  checkInput(target);
}

function checkInput(target: Target): void {
  const { Id: id = '', Input: input, InputPath: path, InputTransformer: transformer } = target;
  if ([input, path, transformer].filter((one) => one !== undefined).length > 1)
    throw invalid(
      `Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`,
    );
  // The texts of these two were not verified.
  if (input !== undefined && parseJson(input) === undefined)
    throw invalid(`JSON syntax error in input for target ${id}`);
  if (path !== undefined && !isPath(path)) throw invalid(`Invalid InputPath for target ${id}.`);
  if (transformer) checkTransformer(id, transformer);
}

function checkTransformer(id: string, transformer: InputTransformer): void {
  const { InputPathsMap: paths = {}, InputTemplate: template = '' } = transformer;
  const odd = Object.values(paths).find((path) => !isPath(path));
  // The text was not verified.
  if (odd !== undefined) throw invalid(`Invalid InputPathsMap for target ${id}: ${odd}.`);
  const known = [...Object.keys(paths), ...predefinedNames];
  for (const [, name = ''] of template.matchAll(placeholder)) {
    if (!known.includes(name))
      throw invalid(`InputTemplate for target ${id} contains invalid placeholder ${name}.`);
  }
}

import {
  type ActionDeclaration,
  InvalidActionDeclarationException,
} from '@aws-sdk/client-codepipeline';
import { refuse } from '../../refuse';
import { keyOf, providerOf } from './actions';
import { isKnownType } from './action-types';
import { missingConfiguration } from './required-configuration';
import type { CodePipelineCall } from './state';

interface Where {
  /** Names of artifacts that actions so far have produced. */
  produced: Set<string>;
  pipelineType: string;
}

const invalid = (message: string): Error => refuse(InvalidActionDeclarationException, message);

/** Checks the actions of one stage, in the order in which they run. */
export function checkActions(
  actions: ActionDeclaration[] = [],
  where: Where,
  call: CodePipelineCall,
): void {
  const byOrder = actions.toSorted((one, other) => (one.runOrder ?? 1) - (other.runOrder ?? 1));
  for (const each of byOrder) {
    checkType(each, where, call);
    checkConfiguration(each, call);
    checkInputs(each, where.produced);
    for (const { name = '' } of each.outputArtifacts ?? []) {
      if (where.produced.has(name))
        // text unverified
        throw invalid(
          `Output Artifact Bundle name must be unique within the pipeline. ${name} has been used more than once`,
        );
      where.produced.add(name);
    }
  }
}

function checkType(
  declaration: ActionDeclaration,
  { pipelineType }: Where,
  call: CodePipelineCall,
): void {
  const { name, actionTypeId, inputArtifacts = [], outputArtifacts = [] } = declaration;
  const known = providerOf(actionTypeId, call);
  if (!known) {
    if (isKnownType(keyOf(actionTypeId))) return;
    throw unavailable(declaration, call);
  }
  if (known.isV2Only && pipelineType !== 'V2')
    // Measured on AWS for other providers: https://github.com/badmintoncryer/cdk-preflight.
    throw invalid(`${known.provider} Action can only be used with V2 pipelines.`);
  checkCount(`Action ${name} input artifacts`, inputArtifacts.length, known.inputs);
  checkCount(`Action ${name} output artifacts`, outputArtifacts.length, known.outputs);
}

/** https://github.com/badmintoncryer/cdk-preflight has measured the text on AWS. */
function unavailable({ name, actionTypeId }: ActionDeclaration, call: CodePipelineCall): Error {
  const { category, owner, provider, version } = { ...actionTypeId };
  const region = call.region.toUpperCase().replaceAll('-', '_');
  return invalid(
    `ActionType (Category: '${category}', Provider: '${provider}', Owner: '${owner}', Version: '${version}') in action '${name}' is not available in region '${region}'`,
  );
}

/** Text unverified. */
function checkCount(what: string, count: number, [least, most]: [number, number]): void {
  if (count < least || count > most)
    throw invalid(`${what}: ${count} are given, between ${least} and ${most} are allowed`);
}

/** https://github.com/badmintoncryer/cdk-preflight has measured the text on AWS. */
function checkConfiguration(declaration: ActionDeclaration, call: CodePipelineCall): void {
  const missing = missingConfiguration(declaration, call);
  if (missing !== undefined)
    throw invalid(
      `Action configuration for action '${declaration.name}' is missing required configuration '${missing}'`,
    );
}

function checkInputs(
  { name, inputArtifacts = [] }: ActionDeclaration,
  produced: Set<string>,
): void {
  const missing = inputArtifacts.find((artifact) => !produced.has(artifact.name ?? ''));
  if (missing)
    // text unverified
    throw invalid(
      `Input Artifact Bundle ${missing.name} in action ${name} is declared as input but it is not the output of any earlier action`,
    );
}

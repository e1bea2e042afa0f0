import {
  type ActionDeclaration,
  InvalidActionDeclarationException,
  InvalidStageDeclarationException,
  InvalidStructureException,
  type PipelineDeclaration,
  type StageDeclaration,
} from '@aws-sdk/client-codepipeline';
import { refuse } from '../../refuse';
import { keyOf, providerOf } from './actions';
import { isKnownType } from './action-types';
import type { CodePipelineCall } from './state';

// Where no source is named, a text could not be verified.

/** Checks a declaration as CreatePipeline and UpdatePipeline do, and fills in its defaults. */
export function checkedDeclaration(
  declaration: PipelineDeclaration,
  call: CodePipelineCall,
): PipelineDeclaration {
  const { stages = [], pipelineType = 'V1' } = declaration;
  checkHead(declaration);
  if (stages.length < 2) throw structure('Pipeline should have at least 2 stages');
  if (pipelineType === 'V1') refuseForV1(declaration);
  refuseConditions(stages);
  checkNames(stages);
  const produced = new Set<string>();
  stages.forEach((stage, index) => checkActions(stage, { index, produced, pipelineType }, call));
  return { ...declaration, pipelineType, executionMode: declaration.executionMode ?? 'SUPERSEDED' };
}

const structure = (message: string): Error => refuse(InvalidStructureException, message);

const action = (message: string): Error => refuse(InvalidActionDeclarationException, message);

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/pipeline-types-planning.html */
function refuseForV1({ executionMode = 'SUPERSEDED', variables = [] }: PipelineDeclaration): void {
  if (executionMode !== 'SUPERSEDED')
    throw structure(`The execution mode ${executionMode} needs a pipeline of type V2`);
  if (variables.length > 0) throw structure('Variables need a pipeline of type V2');
}

function checkHead(declaration: PipelineDeclaration): void {
  const { name = '', roleArn = '' } = declaration;
  if (!/^[A-Za-z0-9.@\-_]{1,100}$/.test(name))
    throw structure(`The pipeline name '${name}' is not valid`);
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+/.test(roleArn))
    throw structure(`The role ARN '${roleArn}' is not valid`);
  checkStores(declaration);
}

function checkStores({ artifactStore, artifactStores }: PipelineDeclaration): void {
  const stores = [artifactStore ?? [], Object.values(artifactStores ?? {})].flat();
  if ((artifactStore === undefined) === (artifactStores === undefined))
    throw structure('You must include either artifactStore or artifactStores in your pipeline');
  if (stores.some(({ type, location }) => type !== 'S3' || !location))
    throw structure('An artifact store needs the type S3 and a location');
}

/** Rules are a world of their own: a pipeline that counts on them must not run without. */
function refuseConditions(stages: StageDeclaration[]): void {
  const guarded = stages.find(({ beforeEntry, onSuccess, onFailure }) =>
    [beforeEntry, onSuccess, onFailure].some((each) => (each?.conditions ?? []).length > 0),
  );
  if (guarded)
    throw refuse(
      InvalidStageDeclarationException,
      `Conditions of the stage ${guarded.name} are not emulated`,
    );
}

function checkNames(stages: StageDeclaration[]): void {
  const names = stages.map(({ name }) => name ?? '');
  if (new Set(names).size !== names.length)
    throw refuse(
      InvalidStageDeclarationException,
      'Stage names must be unique within the pipeline',
    );
  for (const { name, actions = [] } of stages) {
    if (actions.length === 0)
      throw refuse(InvalidStageDeclarationException, `Stage ${name} has no actions`);
    const own = actions.map((each) => each.name ?? '');
    if (new Set(own).size !== own.length)
      throw refuse(
        InvalidStageDeclarationException,
        `Action names must be unique within the stage ${name}`,
      );
  }
}

interface Where {
  index: number;
  /** Names of artifacts that stages so far have produced. */
  produced: Set<string>;
  pipelineType: string;
}

function checkActions(
  { name: stage, actions = [] }: StageDeclaration,
  where: Where,
  call: CodePipelineCall,
): void {
  const byOrder = actions.toSorted((one, other) => (one.runOrder ?? 1) - (other.runOrder ?? 1));
  for (const each of byOrder) {
    checkCategory(each, stage ?? '', where);
    checkType(each, where, call);
    checkInputs(each, where.produced);
    for (const { name = '' } of each.outputArtifacts ?? []) {
      if (where.produced.has(name))
        throw action(
          `Output Artifact Bundle name must be unique within the pipeline. ${name} has been used more than once`,
        );
      where.produced.add(name);
    }
  }
}

function checkCategory(
  { name, actionTypeId }: ActionDeclaration,
  stage: string,
  { index }: Where,
): void {
  const isSource = actionTypeId?.category === 'Source';
  if (isSource && index > 0)
    throw refuse(
      InvalidStageDeclarationException,
      `Pipeline stage ${stage} must not contain the source action ${name}: source actions are in the first stage only`,
    );
  if (!isSource && index === 0)
    throw refuse(
      InvalidStageDeclarationException,
      `Pipeline stage ${stage} must contain at least one source action and nothing else`,
    );
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
    throw action(
      `The action ${name} of the provider ${known.provider} needs a pipeline of type V2`,
    );
  checkCount(`Action ${name} input artifacts`, inputArtifacts.length, known.inputs);
  checkCount(`Action ${name} output artifacts`, outputArtifacts.length, known.outputs);
}

// https://github.com/aws/aws-cdk/issues/12080 and others show the text.
function unavailable({ name, actionTypeId }: ActionDeclaration, call: CodePipelineCall): Error {
  const { category, owner, provider, version } = { ...actionTypeId };
  const region = call.region.toUpperCase().replaceAll('-', '_');
  return action(
    `ActionType (Category: '${category}', Provider: '${provider}', Owner: '${owner}', Version: '${version}') in action '${name}' is not available in region ${region}`,
  );
}

function checkCount(what: string, count: number, [least, most]: [number, number]): void {
  if (count < least || count > most)
    throw action(`${what}: ${count} are given, between ${least} and ${most} are allowed`);
}

function checkInputs(
  { name, inputArtifacts = [] }: ActionDeclaration,
  produced: Set<string>,
): void {
  const missing = inputArtifacts.find((artifact) => !produced.has(artifact.name ?? ''));
  if (missing)
    throw action(
      `Input Artifact Bundle ${missing.name} in action ${name} is declared as input but it is not the output of any earlier action`,
    );
}

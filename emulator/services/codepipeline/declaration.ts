import {
  InvalidStageDeclarationException,
  InvalidStructureException,
  type PipelineDeclaration,
  type StageDeclaration,
  ValidationException,
} from '@aws-sdk/client-codepipeline';
import { constraintsOf } from '../../constraints';
import { refuse } from '../../refuse';
import { checkActions } from './action-declarations';
import type { CodePipelineCall } from './state';

// Where no source is named, a text was measured on AWS by
// https://github.com/badmintoncryer/cdk-preflight (rules/codepipeline).

/** Checks a declaration as CreatePipeline and UpdatePipeline do, and fills in its defaults. */
export function checkedDeclaration(
  declaration: PipelineDeclaration,
  call: CodePipelineCall,
): PipelineDeclaration {
  const { stages = [], pipelineType = 'V1', executionMode = 'SUPERSEDED' } = declaration;
  checkHead(declaration);
  checkNumber(stages);
  if (pipelineType === 'V1') refuseForV1(declaration);
  checkVariables(declaration);
  refuseConditions(stages);
  checkNames(stages);
  checkSources(stages);
  const produced = new Set<string>();
  for (const { actions } of stages) checkActions(actions, { produced, pipelineType }, call);
  return { ...declaration, pipelineType, executionMode };
}

const structure = (message: string): Error => refuse(InvalidStructureException, message);

const stageError = (message: string): Error => refuse(InvalidStageDeclarationException, message);

const { constraint } = constraintsOf((message) => refuse(ValidationException, message));

function checkName(name: string, member: string): void {
  if (name.length > 100) throw constraint(name, member, 'have length less than or equal to 100');
  if (!/^[A-Za-z0-9.@\-_]+$/.test(name))
    throw constraint(name, member, 'satisfy regular expression pattern: [A-Za-z0-9.@\\-_]+');
}

function checkHead(declaration: PipelineDeclaration): void {
  const { name = '', roleArn = '' } = declaration;
  checkName(name, 'pipeline.name');
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+/.test(roleArn))
    throw constraint(
      roleArn,
      'pipeline.roleArn',
      'satisfy regular expression pattern: arn:aws(-[\\w]+)*:iam::[0-9]{12}:role/.*',
    );
  checkStores(declaration);
}

/** Texts unverified. */
function checkStores({ artifactStore, artifactStores }: PipelineDeclaration): void {
  const stores = [artifactStore ?? [], Object.values(artifactStores ?? {})].flat();
  if ((artifactStore === undefined) === (artifactStores === undefined))
    throw structure('You must include either artifactStore or artifactStores in your pipeline');
  if (stores.some(({ type, location }) => type !== 'S3' || !location))
    throw structure('An artifact store needs the type S3 and a location');
}

/** moto has the text. */
function checkNumber({ length }: StageDeclaration[]): void {
  if (length < 2)
    throw structure(
      `Pipeline has only ${length} stage(s). There should be a minimum of 2 stages in a pipeline`,
    );
}

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/pipeline-types-planning.html */
function refuseForV1({ executionMode = 'SUPERSEDED', variables = [] }: PipelineDeclaration): void {
  if (executionMode !== 'SUPERSEDED')
    throw structure('QUEUED or PARALLEL mode can only be used with V2 pipelines');
  if (variables.length > 0) throw structure('Pipeline variable can only be used with V2 pipelines');
}

function checkVariables({ variables = [] }: PipelineDeclaration): void {
  const twice = repeated(variables.map(({ name = '' }) => name));
  if (twice !== undefined)
    throw structure(
      `Variable names must be unique. The following variable name is already in use: ${twice}`,
    );
}

const repeated = (names: string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) < index);

/** Rules are a world of their own: a pipeline that counts on them must not run without. */
function refuseConditions(stages: StageDeclaration[]): void {
  const guarded = stages.find(({ beforeEntry, onSuccess, onFailure }) =>
    [beforeEntry, onSuccess, onFailure].some((each) => (each?.conditions ?? []).length > 0),
  );
  if (guarded) throw stageError(`Conditions of the stage ${guarded.name} are not emulated`);
}

function checkNames(stages: StageDeclaration[]): void {
  stages.forEach(({ name = '' }, index) => {
    checkName(name, `pipeline.stages.${index + 1}.member.name`);
  });
  const twice = repeated(stages.map(({ name = '' }) => name));
  if (twice !== undefined) throw stageError(`Stage name '${twice}' is used more than once`);
  for (const { name, actions = [] } of stages) {
    // Both texts unverified.
    if (actions.length === 0) throw stageError(`Stage ${name} has no actions`);
    if (repeated(actions.map((each) => each.name ?? '')) !== undefined)
      throw stageError(`Action names must be unique within the stage ${name}`);
  }
}

function checkSources(stages: StageDeclaration[]): void {
  const [first = [], ...others] = stages.map(({ actions = [] }) =>
    actions.map(({ actionTypeId }) => actionTypeId?.category === 'Source'),
  );
  if (!first.every(Boolean))
    throw structure('Pipeline should start with a stage that only contains source actions');
  if (others.flat().every(Boolean))
    throw structure('Pipeline should contain at least 1 action whose category is not Source');
  if (others.flat().some(Boolean))
    throw structure('Source actions can only be included in the first stage of the pipeline');
}

import { ResourceNotFoundException } from '@aws-sdk/client-codebuild';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { checkBatch, pagesOf } from './batches';
import { newBuild } from './new-build';
import { invalid } from './project-input';
import { findProject } from './projects';
import { assumeServiceRole } from './running/role';
import { runBuild } from './running/run';
import { isLost, lose, runningOf, stopRunning } from './running/registry';
import type { CodeBuildCall, CodeBuildHandlers, StoredBuild } from './state';

export const builds = {
  async StartBuild(input, call) {
    const project = findProject(input.projectName, call);
    return start(newBuild(project, input, call), call);
  },

  async RetryBuild({ id }, call) {
    const before = findBuild(id, call);
    const project = findProject(before.info.projectName, call);
    const input = {
      projectName: before.info.projectName,
      sourceVersion: before.info.sourceVersion,
      environmentVariablesOverride: before.variables,
    };
    return start(newBuild(project, input, call), call);
  },

  StopBuild({ id }, call) {
    const build = findBuild(id, call);
    stopRunning(build, call);
    return { build: build.info };
  },

  BatchGetBuilds({ ids = [] }, call) {
    checkIds(ids);
    const found = ids.flatMap((id) => call.state.builds.get(idIn(id)) ?? []);
    // What a stopped emulator left half done is nobody's work any more.
    for (const build of found) if (isLost(build, call)) lose(build, call);
    const known = new Set(found.flatMap(({ info }) => [info.id, info.arn]));
    return {
      builds: found.map(({ info }) => info),
      buildsNotFound: ids.filter((id) => !known.has(id)),
    };
  },

  BatchDeleteBuilds({ ids = [] }, { state }) {
    checkIds(ids);
    const buildsDeleted = ids.filter((id) => state.builds.delete(idIn(id)));
    return { buildsDeleted, buildsNotDeleted: [] };
  },

  ListBuilds({ sortOrder = 'DESCENDING', nextToken }, { state }) {
    return pageOf([...state.builds.values()], sortOrder, nextToken);
  },

  ListBuildsForProject({ projectName, sortOrder = 'DESCENDING', nextToken }, call) {
    const { info } = findProject(projectName, call);
    const own = [...call.state.builds.values()].filter(
      (build) => build.info.projectName === info.name,
    );
    return pageOf(own, sortOrder, nextToken);
  },
} satisfies CodeBuildHandlers;

/** A role that CodeBuild cannot take on is told before there is a build. */
async function start(build: StoredBuild, call: CodeBuildCall) {
  const credentials = await assumeServiceRole(build, call);
  call.state.builds.set(build.info.id, build);
  const process = runningOf(call).add(build.info.id);
  call.background(() => runBuild(build, { credentials, process }, call));
  return { build: build.info };
}

function pageOf(all: StoredBuild[], sortOrder: string, nextToken: string | undefined) {
  const ids = all.map(({ info }) => info.id);
  const sorted = sortOrder === 'DESCENDING' ? ids.toReversed() : ids;
  const { page, next } = paginate(sorted, nextToken, pagesOf(100));
  return { ids: page, ...(next === undefined ? {} : { nextToken: next }) };
}

/** Builds are named by their id or their ARN. */
const idIn = (idOrArn: string): string => idOrArn.replace(/^arn:.*:build\//, '');

/** moto has the text. */
function checkIds(ids: readonly string[]): void {
  checkBatch(ids, 'ids');
  if (!ids.every((id) => /^[^:]+:[^:]+$/.test(idIn(id))))
    throw invalid('Invalid build ID provided');
}

/** moto has the text. */
function findBuild(id: string | undefined, { state }: CodeBuildCall): StoredBuild {
  checkIds([id ?? '']);
  const found = state.builds.get(idIn(id ?? ''));
  if (!found) throw refuse(ResourceNotFoundException, `Build ${id} does not exist`);
  return found;
}

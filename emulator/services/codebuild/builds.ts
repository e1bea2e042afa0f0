import { awsError } from '../../errors';
import { paginate } from '../../paginate';
import { newBuild } from './new-build';
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
  const { page, next } = paginate(sorted, nextToken, 100);
  return { ids: page, ...(next === undefined ? {} : { nextToken: next }) };
}

/** Builds are named by their id or their ARN. */
const idIn = (idOrArn: string): string => idOrArn.replace(/^arn:.*:build\//, '');

function findBuild(id: string | undefined, { state }: CodeBuildCall): StoredBuild {
  const found = state.builds.get(idIn(id ?? ''));
  if (!found) throw awsError('ResourceNotFoundException', `Build ${id ?? ''} was not found`); // text unverified
  return found;
}

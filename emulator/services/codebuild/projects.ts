import {
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-codebuild';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { checkBatch, pagesOf } from './batches';
import { checkProject, settingsOf } from './project-input';
import type { CodeBuildCall, CodeBuildHandlers, StoredProject } from './state';

export const projects = {
  CreateProject(input, call) {
    checkProject(input, call);
    const { name = '', serviceRole = '', tags = [] } = input;
    if (call.state.projects.has(name))
      throw refuse(
        ResourceAlreadyExistsException,
        // moto has the text.
        `Project already exists: ${call.arn(`project/${name}`)}`,
      );
    const project: StoredProject = {
      info: {
        name,
        arn: call.arn(`project/${name}`),
        serviceRole,
        timeoutInMinutes: 60,
        queuedTimeoutInMinutes: 480,
        encryptionKey: `arn:aws:kms:${call.region}:${call.accountId}:alias/aws/s3`,
        cache: { type: 'NO_CACHE' },
        badge: { badgeEnabled: false },
        projectVisibility: 'PRIVATE',
        created: call.now(),
        lastModified: call.now(),
        ...settingsOf(input),
      },
      tags: recordOf(tags),
      builds: 0,
    };
    call.state.projects.set(name, project);
    announce('CREATE', name, call);
    return { project: show(project) };
  },

  UpdateProject(input, call) {
    const project = findProject(input.name, call);
    const { serviceRole = project.info.serviceRole } = input;
    const info = { ...project.info, ...settingsOf(input), serviceRole };
    const { source, artifacts, environment } = info;
    checkProject({ ...info, source, artifacts, environment }, call);
    project.info = { ...info, lastModified: call.now() };
    if (input.tags !== undefined) project.tags = recordOf(input.tags);
    announce('UPDATE', project.info.name, call);
    return { project: show(project) };
  },

  /** What is gone already is a success, as on AWS. */
  DeleteProject({ name = '' }, call) {
    if (call.state.projects.delete(nameIn(name))) announce('DELETE', nameIn(name), call);
    return {};
  },

  BatchGetProjects({ names = [] }, { state }) {
    checkBatch(names, 'names');
    const found = names.flatMap((name) => state.projects.get(nameIn(name)) ?? []);
    const known = new Set(found.flatMap(({ info }) => [info.name, info.arn]));
    return {
      projects: found.map(show),
      projectsNotFound: names.filter((name) => !known.has(name)),
    };
  },

  ListProjects({ nextToken, sortOrder = 'ASCENDING' }, { state }) {
    const names = [...state.projects.keys()].toSorted();
    const sorted = sortOrder === 'DESCENDING' ? names.toReversed() : names;
    const { page, next } = paginate(sorted, nextToken, pagesOf(100));
    return { projects: page, ...(next === undefined ? {} : { nextToken: next }) };
  },
} satisfies CodeBuildHandlers;

/** Projects are named by their name or their ARN. */
export const nameIn = (nameOrArn: string): string => nameOrArn.replace(/^arn:.*:project\//, '');

export function findProject(name: string | undefined, call: CodeBuildCall): StoredProject {
  const found = call.state.projects.get(nameIn(name ?? ''));
  if (!found)
    throw refuse(
      ResourceNotFoundException,
      // moto has the text.
      `Project cannot be found: ${call.arn(`project/${nameIn(name ?? '')}`)}`,
    );
  return found;
}

const recordOf = (tags: readonly { key?: string | undefined; value?: string | undefined }[]) =>
  Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));

const show = ({ info, tags }: StoredProject) => ({
  ...info,
  tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
});

const announce = (kind: 'CREATE' | 'UPDATE' | 'DELETE', name: string, call: CodeBuildCall): void =>
  call.announce({ kind, type: 'AWS::CodeBuild::Project', id: name });

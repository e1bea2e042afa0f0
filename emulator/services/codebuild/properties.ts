import type { CreateProjectInput } from '@aws-sdk/client-codebuild';
import { capitalised, uncapitalised } from '../../cloudformation/member-names';
import type { Properties } from '../../cloudformation/provider';
import type { StoredProject } from './state';

const settings = [
  'Artifacts',
  'Cache',
  'ConcurrentBuildLimit',
  'Description',
  'EncryptionKey',
  'Environment',
  'LogsConfig',
  'QueuedTimeoutInMinutes',
  'SecondaryArtifacts',
  'SecondarySources',
  'ServiceRole',
  'Source',
  'SourceVersion',
  'TimeoutInMinutes',
] as const;

/** A template's project as the API takes it. */
export function toProject(name: string, properties: Properties): CreateProjectInput {
  const given = Object.fromEntries(
    settings.flatMap((member) =>
      properties[member] === undefined ? [] : [[member, properties[member]]],
    ),
  );
  const text = JSON.stringify(given).replaceAll('"BuildSpec":', '"Buildspec":');
  const project = uncapitalised(withNumbers(JSON.parse(text) as Properties));
  return {
    source: undefined,
    artifacts: undefined,
    environment: undefined,
    serviceRole: undefined,
    ...project,
    name,
  };
}

/** CloudFormation takes numbers as texts too. */
function withNumbers(properties: Properties): Properties {
  const names = ['TimeoutInMinutes', 'QueuedTimeoutInMinutes', 'ConcurrentBuildLimit'];
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      names.includes(name) ? Number(value) : value,
    ]),
  );
}

/** A project as its CloudFormation type describes it. */
export function toProperties({ info }: StoredProject): Properties {
  const shown = capitalised(
    Object.fromEntries(
      Object.entries(info).filter(([name]) =>
        settings.some((member) => member.toLowerCase() === name.toLowerCase()),
      ),
    ),
  );
  // The one member that CloudFormation spells otherwise.
  const text = JSON.stringify(shown).replaceAll('"Buildspec":', '"BuildSpec":');
  return { Name: info.name, ...(JSON.parse(text) as Properties) };
}

import { parse } from 'yaml';

type Fields = Record<string, unknown>;

/** Commands of one phase, and what becomes of the build when they fail. */
interface PhaseSpec {
  commands: string[];
  finally: string[];
  onFailure: 'ABORT' | 'CONTINUE' | undefined;
}

export interface ArtifactSpec {
  files: string[];
  exclude: string[];
  name: string | undefined;
  baseDirectory: string | undefined;
  discardPaths: boolean;
}

export interface ReportSpec {
  files: string[];
  baseDirectory: string | undefined;
  format: string;
}

/** A buildspec of version 0.2. */
export interface Buildspec {
  variables: Record<string, string>;
  parameterStore: Record<string, string>;
  secretsManager: Record<string, string>;
  exported: string[];
  phases: Record<PhaseName, PhaseSpec | undefined>;
  artifacts: ArtifactSpec | undefined;
  secondaryArtifacts: Record<string, ArtifactSpec>;
  reports: Record<string, ReportSpec>;
  /** What it asks for and gets no effect here, for the log. */
  ignored: string[];
}

export type PhaseName = 'install' | 'pre_build' | 'build' | 'post_build';

const phaseNames: PhaseName[] = ['install', 'pre_build', 'build', 'post_build'];

/** What a buildspec is refused for; becomes the context of a failed DOWNLOAD_SOURCE phase. */
export class BuildspecError extends Error {}

/**
 * Reads YAML or JSON
 * (https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html).
 * Throws BuildspecError.
 */
export function readBuildspec(text: string): Buildspec {
  const document = fields(parsed(text), 'the buildspec');
  const version = String(document['version']);
  if (version !== '0.2') throw new BuildspecError(refusalOf(version));
  const env = fields(document['env'] ?? {}, 'env');
  const phases = fields(document['phases'] ?? {}, 'phases');
  const unknown = Object.keys(phases).find((name) => !phaseNames.includes(name as PhaseName));
  if (unknown !== undefined) throw new BuildspecError(`unknown phase ${unknown}`);
  const artifacts = fields(document['artifacts'] ?? {}, 'artifacts');
  return {
    variables: texts(env['variables'], 'env/variables'),
    parameterStore: texts(env['parameter-store'], 'env/parameter-store'),
    secretsManager: texts(env['secrets-manager'], 'env/secrets-manager'),
    exported: list(env['exported-variables'], 'env/exported-variables'),
    phases: Object.fromEntries(
      phaseNames.map((name) => [name, phaseOf(phases[name], name)]),
    ) as Buildspec['phases'],
    artifacts: 'files' in artifacts ? artifactOf(artifacts, 'artifacts') : undefined,
    secondaryArtifacts: each(artifacts['secondary-artifacts'], artifactOf),
    reports: each(document['reports'], reportOf),
    ignored: ignoredIn(document, phases),
  };
}

const refusalOf = (version: string): string =>
  version === '0.1'
    ? 'buildspec version 0.1 is not emulated: write version 0.2'
    : `invalid buildspec version ${version}`;

function parsed(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    throw new BuildspecError(error instanceof Error ? (error.message.split('\n')[0] ?? '') : '');
  }
}

function fields(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new BuildspecError(`expected a mapping at ${where}`);
}

function list(value: unknown, where: string): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value))
    throw new BuildspecError(`Expected Commands[] to be of string type: ${where} is no list`);
  return value.map((item) => {
    if (typeof item === 'string' || typeof item === 'number') return String(item);
    throw new BuildspecError(
      `Expected Commands[] to be of string type: found subkeys instead at ${where}`,
    );
  });
}

function texts(value: unknown, where: string): Record<string, string> {
  const all = Object.entries(fields(value ?? {}, where));
  return Object.fromEntries(all.map(([name, text]) => [name, String(text)]));
}

const optional = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const isYes = (value: unknown): boolean => value === true || value === 'yes' || value === 'true';

function phaseOf(value: unknown, name: string): PhaseSpec | undefined {
  if (value === undefined || value === null) return undefined;
  const phase = fields(value, `phases/${name}`);
  const onFailure = optional(phase['on-failure']);
  if (onFailure !== undefined && onFailure !== 'ABORT' && onFailure !== 'CONTINUE')
    throw new BuildspecError(
      `on-failure ${onFailure} of ${name} is not emulated: ABORT and CONTINUE are`,
    );
  return {
    commands: list(phase['commands'], `phases/${name}/commands`),
    finally: list(phase['finally'], `phases/${name}/finally`),
    onFailure,
  };
}

function each<T>(value: unknown, read: (fields: Fields, where: string) => T): Record<string, T> {
  const all = Object.entries(fields(value ?? {}, 'reports or artifacts'));
  return Object.fromEntries(all.map(([name, entry]) => [name, read(fields(entry, name), name)]));
}

const artifactOf = (artifact: Fields, where: string): ArtifactSpec => ({
  files: list(artifact['files'], `${where}/files`),
  exclude: list(artifact['exclude-paths'], `${where}/exclude-paths`),
  name: optional(artifact['name']),
  baseDirectory: optional(artifact['base-directory']),
  discardPaths: isYes(artifact['discard-paths']),
});

const reportOf = (report: Fields, where: string): ReportSpec => ({
  files: list(report['files'], `${where}/files`),
  baseDirectory: optional(report['base-directory']),
  format: (optional(report['file-format']) ?? 'JUNITXML').toUpperCase(),
});

function ignoredIn(document: Fields, phases: Fields): string[] {
  const install = fields(phases['install'] ?? {}, 'phases/install');
  const top = ['cache', 'batch', 'run-as', 'proxy'].filter((name) => name in document);
  return 'runtime-versions' in install ? [...top, 'runtime-versions'] : top;
}

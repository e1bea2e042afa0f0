import { unzipSync } from 'fflate';
import { parseObject } from '../../../json';
import type { StoredArtifact } from '../state';
import type { ActionContext } from './provider';

/** A template configuration file, or what takes its place. */
interface TemplateConfiguration {
  Parameters?: Record<string, unknown>;
  Tags?: Record<string, string>;
}

/** A file of an input artifact, written `artifact::path`. */
export async function fileIn(context: ActionContext, reference: string): Promise<string> {
  const [artifact = '', path = ''] = reference.split('::');
  const content = await fileOf(context, context.input(artifact), path);
  // text unverified
  if (content === undefined) throw new Error(`The artifact ${artifact} has no file ${path}.`);
  return content;
}

async function fileOf(
  context: ActionContext,
  artifact: StoredArtifact,
  path: string,
): Promise<string | undefined> {
  const file = unzipSync(await context.read(artifact))[path];
  return file && Buffer.from(file).toString('utf8');
}

export async function templateConfiguration(
  context: ActionContext,
): Promise<TemplateConfiguration> {
  const path = context.configuration['TemplateConfiguration'];
  if (path === undefined) return {};
  const parsed = parseObject(await fileIn(context, path));
  // text unverified
  if (!parsed) throw new Error('The template configuration file is not valid JSON.');
  return parsed;
}

/** Parameters of the configuration file under those that ParameterOverrides sets. */
export async function parametersFor(
  context: ActionContext,
  { Parameters = {} }: TemplateConfiguration,
): Promise<Record<string, string>> {
  const text = context.configuration['ParameterOverrides'];
  const overrides = text === undefined ? {} : parseObject(text);
  // text unverified
  if (!overrides) throw new Error('ParameterOverrides is not a valid JSON object.');
  const all = Object.entries({ ...Parameters, ...overrides });
  return Object.fromEntries(
    await Promise.all(all.map(async ([name, value]) => [name, await valueOf(context, value)])),
  ) as Record<string, string>;
}

async function valueOf(context: ActionContext, value: unknown): Promise<string> {
  if (typeof value !== 'object' || value === null) return String(value);
  const call = value as Record<string, unknown>;
  const attribute = call['Fn::GetArtifactAtt'] as string[] | undefined;
  if (attribute) return attributeOf(context, attribute);
  const parameter = call['Fn::GetParam'] as string[] | undefined;
  if (parameter) return parameterOf(context, parameter);
  // text unverified
  throw new Error(
    `ParameterOverrides knows Fn::GetArtifactAtt and Fn::GetParam, not ${Object.keys(call).join(', ')}.`,
  );
}

function attributeOf(context: ActionContext, [name = '', attribute = '']: string[]): string {
  const { bucket, key } = context.input(name);
  const attributes: Record<string, string> = {
    ArtifactName: name,
    BucketName: bucket,
    ObjectKey: key,
    URL: `https://s3.amazonaws.com/${bucket}/${key}`,
  };
  const value = attributes[attribute];
  // text unverified
  if (value === undefined) throw new Error(`Fn::GetArtifactAtt has no attribute ${attribute}.`);
  return value;
}

async function parameterOf(
  context: ActionContext,
  [artifact = '', file = '', key = '']: string[],
): Promise<string> {
  const value = parseObject(await fileIn(context, `${artifact}::${file}`))?.[key];
  // text unverified
  if (value === undefined) throw new Error(`Fn::GetParam found no ${key} in ${file}.`);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

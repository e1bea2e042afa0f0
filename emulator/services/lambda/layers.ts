import type { Architecture, Runtime } from '@aws-sdk/client-lambda';
import { parseArn } from '../../arn';
import { paginate } from '../../paginate';
import { codeLocation } from './code-location';
import { checkOneOf, constraint, invalid, noSuchResource } from './errors';
import { readPackage } from './package';
import type { Layer, LambdaCall, LambdaHandlers, LayerVersion } from './state';

export const layers = {
  async PublishLayerVersion(input, call) {
    const name = nameOf(input.LayerName ?? '');
    const content = await readPackage(input.Content ?? {}, call);
    const layer: Layer = call.state.layers.get(name) ?? {
      name,
      published: 0,
      versions: new Map(),
    };
    layer.published += 1;
    const version: LayerVersion = {
      version: layer.published,
      content,
      description: input.Description ?? '',
      createdAt: call.now(),
      runtimes: input.CompatibleRuntimes ?? [],
      architectures: input.CompatibleArchitectures ?? [],
      license: input.LicenseInfo,
    };
    layer.versions.set(version.version, version);
    call.state.layers.set(name, layer);
    announce('CREATE', { name, version: version.version }, call);
    return described(layer, version, call);
  },

  GetLayerVersion({ LayerName, VersionNumber }, call) {
    checkVersion(VersionNumber);
    return find(nameOf(LayerName ?? ''), VersionNumber, call);
  },

  GetLayerVersionByArn({ Arn = '' }, call) {
    if (!new RegExp(`^(?:${versionArns})$`).test(Arn))
      throw constraint(Arn, 'arn', `satisfy regular expression pattern: ${versionArns}`);
    const { region = '', accountId = '', resource = '' } = parseArn(Arn) ?? {};
    const [, name = '', version] = resource.split(':');
    return find(name, Number(version), call.elsewhere(accountId, region));
  },

  ListLayers(input, call) {
    checkArchitecture(input);
    const all = [...call.state.layers.values()].flatMap((layer) => {
      const newest = fitting(layer, input).at(-1);
      return newest
        ? [{ ...named(layer, call), LatestMatchingVersion: shown(layer, newest, call) }]
        : [];
    });
    const { page, next } = paginate(all, input.Marker, Math.min(input.MaxItems ?? 50, 50));
    return { Layers: page, ...(next === undefined ? {} : { NextMarker: next }) };
  },

  ListLayerVersions(input, call) {
    checkArchitecture(input);
    const layer = call.state.layers.get(nameOf(input.LayerName ?? ''));
    const all = layer ? fitting(layer, input).toReversed() : [];
    const versions = all.flatMap((version) => (layer ? [shown(layer, version, call)] : []));
    const { page, next } = paginate(versions, input.Marker, Math.min(input.MaxItems ?? 50, 50));
    return { LayerVersions: page, ...(next === undefined ? {} : { NextMarker: next }) };
  },

  /** Functions that use it keep it, as on AWS. */
  DeleteLayerVersion({ LayerName, VersionNumber: version = 0 }, call) {
    const name = nameOf(LayerName ?? '');
    checkVersion(version);
    const layer = call.state.layers.get(name);
    const found = layer?.versions.get(version);
    if (!found || found.isDeleted) return;
    found.isDeleted = true;
    announce('DELETE', { name, version }, call);
  },
} satisfies LambdaHandlers;

/** A layer is named by its name or by its ARN. */
export function nameOf(text: string): string {
  const name = text.startsWith('arn:') ? (text.split(':')[6] ?? '') : text;
  if (/^[\w-]{1,140}$/.test(name)) return name;
  throw constraint(
    text,
    'layerName',
    String.raw`satisfy regular expression pattern: (arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+`,
  );
}

const versionArns = String.raw`(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)`;

function checkVersion(version = 0): void {
  if (version < 1) throw invalid('Layer Version Cannot be less than 1');
}

const checkArchitecture = ({ CompatibleArchitecture: given }: Wanted): void =>
  checkOneOf(given, 'compatibleArchitecture', ['x86_64', 'arm64']);

export const arnOf = (name: string, call: LambdaCall, version?: number): string =>
  call.arn(`layer:${name}${version === undefined ? '' : `:${version}`}`);

function find(name: string, version: number | undefined, call: LambdaCall) {
  const layer = call.state.layers.get(name);
  const found = layer?.versions.get(version ?? 0);
  if (!layer || !found || found.isDeleted) throw noSuchResource();
  return described(layer, found, call);
}

interface Wanted {
  CompatibleRuntime?: Runtime | undefined;
  CompatibleArchitecture?: Architecture | undefined;
}

const fitting = (
  { versions }: Layer,
  { CompatibleRuntime: runtime, CompatibleArchitecture: architecture }: Wanted,
): LayerVersion[] =>
  [...versions.values()].filter(
    ({ runtimes, architectures, isDeleted }) =>
      !isDeleted &&
      (runtime === undefined || runtimes.includes(runtime)) &&
      (architecture === undefined || architectures.includes(architecture)),
  );

const named = ({ name }: Layer, call: LambdaCall) => ({
  LayerName: name,
  LayerArn: arnOf(name, call),
});

const shown = ({ name }: Layer, version: LayerVersion, call: LambdaCall) => ({
  LayerVersionArn: arnOf(name, call, version.version),
  Version: version.version,
  Description: version.description,
  CreatedDate: version.createdAt.toISOString().replace('Z', '+0000'),
  ...(version.runtimes.length > 0 ? { CompatibleRuntimes: version.runtimes } : {}),
  ...(version.architectures.length > 0 ? { CompatibleArchitectures: version.architectures } : {}),
  ...(version.license === undefined ? {} : { LicenseInfo: version.license }),
});

const described = (layer: Layer, version: LayerVersion, call: LambdaCall) => ({
  Content: {
    Location: codeLocation(version.content, call),
    CodeSha256: version.content.sha256,
    CodeSize: version.content.size,
  },
  LayerArn: arnOf(layer.name, call),
  ...shown(layer, version, call),
});

function announce(
  kind: 'CREATE' | 'DELETE',
  { name, version }: { name: string; version: number },
  call: LambdaCall,
): void {
  call.announce({ kind, type: 'AWS::Lambda::LayerVersion', id: arnOf(name, call, version) });
}

import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { findLayerVersion } from '../layer-versions';
import type { LambdaCall, Settings } from '../state';

/** Where a version's files lie on this machine: `/var/task` and `/opt` of AWS. */
export interface Workspace {
  task: string;
  layers: string;
}

/** Unpacks code and layers once for each combination of them. */
export function workspaceFor(settings: Settings, call: LambdaCall): Workspace {
  const layers = settings.layers.flatMap((arn) => findLayerVersion(arn, call)?.content ?? []);
  const key = [settings.code, ...layers].map(({ blob }) => blob).join('/');
  const root = call.runtime.folders.shared(key, (folder) => {
    const { task, layers: opt } = placesIn(folder);
    unpack(call.blobs.get(settings.code.blob), task);
    for (const { blob } of layers) unpack(call.blobs.get(blob), opt);
    linkPackages(folder, opt);
  });
  return placesIn(root);
}

const placesIn = (folder: string): Workspace => ({
  task: join(folder, 'task'),
  layers: join(folder, 'opt'),
});

function unpack(zip: Uint8Array, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    const path = join(folder, name);
    // A name such as `../x` would leave the folder.
    if (!path.startsWith(folder + sep)) continue;
    if (name.endsWith('/')) {
      mkdirSync(path, { recursive: true });
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

/** What AWS's runtime for Node brings along, found by one package of each scope. */
const provided = ['@aws-sdk/client-lambda', '@smithy/core'].map((name) =>
  dirname(dirname(require.resolve(`${name}/package.json`))),
);

/**
 * Packages that code may use without packing them lie in a `node_modules` beside its folder, where
 * both `require` and `import` look after the code's own: first the layers', then the runtime's.
 */
function linkPackages(folder: string, opt: string): void {
  const target = join(folder, 'node_modules');
  const places = [
    join(opt, 'nodejs', 'node_modules'),
    ...namesIn(join(opt, 'nodejs'))
      .filter((name) => /^node\d+$/.test(name))
      .map((name) => join(opt, 'nodejs', name, 'node_modules')),
  ];
  for (const place of places)
    for (const name of namesIn(place)) linkOne(join(place, name), join(target, name));
  for (const scope of provided) linkOne(scope, join(target, basename(scope)));
}

/** Links a package; of a scope that others provide too, each package by itself. */
function linkOne(from: string, to: string): void {
  const isShared = /[/\\]@[^/\\]+$/.test(to) && (existsSync(to) || !provided.includes(from));
  if (!isShared) {
    link(from, to);
    return;
  }
  for (const inner of namesIn(from)) link(join(from, inner), join(to, inner));
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  try {
    symlinkSync(from, to, 'junction');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A layer need not have this folder.
    return [];
  }
}

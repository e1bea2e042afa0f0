import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeBuildCall } from '../state';

/** The folders of one build. */
export interface Workspace {
  root: string;
  /** CODEBUILD_SRC_DIR */
  source: string;
  /** What one phase hands to the next: exported variables and the current folder. */
  memory: string;
}

export function newWorkspace(call: CodeBuildCall): Workspace {
  const root = call.runtime.folders.fresh();
  const source = join(root, 'src');
  const memory = join(root, 'memory');
  for (const folder of [source, memory]) mkdirSync(folder);
  return { root, source, memory };
}

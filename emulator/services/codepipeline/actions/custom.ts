import type { ActionType } from '@aws-sdk/client-codepipeline';
import type { ActionProvider } from './provider';

/** A custom action waits until a worker polls for its job and reports on it. */
export const customAction = (type: ActionType): ActionProvider => ({
  category: type.id?.category ?? 'Build',
  owner: 'Custom',
  provider: type.id?.provider ?? '',
  inputs: bounds(type.inputArtifactDetails),
  outputs: bounds(type.outputArtifactDetails),

  start({ call, locate, run }) {
    const id = call.random.uuid();
    const outputs = (run.declaration.outputArtifacts ?? []).map(({ name = '' }) => locate(name));
    return {
      status: 'pending',
      externalId: id,
      outputs,
      job: { id, nonce: call.random.upper(8), status: 'Created' },
    };
  },
});

const bounds = (details: ActionType['inputArtifactDetails']): [number, number] => [
  details?.minimumCount ?? 0,
  details?.maximumCount ?? 0,
];

import type { ActionCategory, ActionOwner } from '@aws-sdk/client-codepipeline';
import type { ActionRun, Place, StoredArtifact } from '../state';

type Shown = Partial<
  Pick<
    ActionRun,
    | 'summary'
    | 'externalId'
    | 'externalUrl'
    | 'outputs'
    | 'outputVariables'
    | 'token'
    | 'watch'
    | 'job'
    | 'updatedBy'
  >
>;

/** How far an action has come: `watch` of a pending one says whose change may end it. */
export type ActionOutcome = Shown &
  (
    | { status: 'pending' }
    | { status: 'Succeeded' }
    | { status: 'Failed'; code: string; message: string }
  );

/** What a provider works with: the run, its resolved configuration, and AWS under the action's role. */
export interface ActionContext extends Place {
  run: ActionRun;
  configuration: Record<string, string>;
  /** A client in the action's Region under its own role, or the pipeline's. */
  client: <C>(service: string) => Promise<C>;
  /** Reads one artifact of the store. */
  read: (artifact: StoredArtifact) => Promise<Uint8Array>;
  /** Puts an output artifact into the store. */
  write: (name: string, content: Uint8Array, extension?: string) => Promise<StoredArtifact>;
  /** Where an output artifact that somebody else writes is to lie. */
  locate: (name: string) => StoredArtifact;
  /** The artifact store's own key, for whoever writes artifacts in the action's place. */
  encryptionKey: string | undefined;
  /** An input artifact by name; throws when the action has none of that name. */
  input: (name: string) => StoredArtifact;
}

/** One provider of actions; version is always 1. */
export interface ActionProvider {
  category: ActionCategory;
  owner: ActionOwner;
  provider: string;
  /** How many artifacts an action of it takes and gives, `[least, most]`. */
  inputs: [number, number];
  outputs: [number, number];
  /** Only in pipelines of type V2. */
  isV2Only?: boolean;
  /** https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html; an hour without. */
  timeoutMinutes?: number;
  timeoutMessage?: string;
  /** What it fails for is thrown, or answered with a code. */
  start: (context: ActionContext) => Promise<ActionOutcome> | ActionOutcome;
  /** Looks again when what it watches has changed. */
  resume?: (context: ActionContext) => Promise<ActionOutcome> | ActionOutcome;
  /** Ends what it set in motion, where AWS does so when an execution is abandoned. */
  abandon?: (context: ActionContext) => Promise<void>;
}

import type { ArtifactStore, PipelineDeclaration } from '@aws-sdk/client-codepipeline';
import { capitalised, uncapitalised } from '../../cloudformation/member-names';
import type { Properties } from '../../cloudformation/provider';
import type { Pipeline } from './state';

interface Stage {
  Actions?: { Configuration?: Record<string, unknown> }[];
}

interface RegionalStore {
  Region: string;
  ArtifactStore: object;
}

/** A template's pipeline as the API takes it. */
export function toDeclaration(name: string, properties: Properties): PipelineDeclaration {
  const { ArtifactStores } = properties;
  const declared = uncapitalised(
    {
      RoleArn: properties['RoleArn'],
      ArtifactStore: properties['ArtifactStore'],
      ExecutionMode: properties['ExecutionMode'],
      PipelineType: properties['PipelineType'],
      Stages: withTexts(properties['Stages'] as Stage[]),
      Variables: properties['Variables'],
    },
    ['Configuration'],
  ) as Partial<PipelineDeclaration>;
  const stores = ArtifactStores as RegionalStore[] | undefined;
  return {
    roleArn: undefined,
    stages: undefined,
    ...declared,
    name,
    ...(stores === undefined
      ? {}
      : {
          artifactStores: Object.fromEntries(
            stores.map(({ Region, ArtifactStore: store }) => [Region, storeIn(store)]),
          ),
        }),
  };
}

const storeIn = (store: object): ArtifactStore => ({
  type: 'S3',
  location: undefined,
  ...(uncapitalised(store) as Partial<ArtifactStore>),
});

/** CloudFormation makes texts of what a template writes as number, boolean or object. */
function withTexts(stages: Stage[] = []): Stage[] {
  return stages.map((stage) => ({
    ...stage,
    Actions: (stage.Actions ?? []).map(({ Configuration, ...action }) => ({
      ...action,
      ...(Configuration === undefined
        ? {}
        : {
            Configuration: Object.fromEntries(
              Object.entries(Configuration).map(([name, value]) => [name, textOf(value)]),
            ),
          }),
    })),
  }));
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** A pipeline as its CloudFormation type describes it. */
export function toProperties({ name, declaration, transitions }: Pipeline): Properties {
  const { artifactStores, version: _made, name: _known, ...rest } = declaration;
  const disabled = [...transitions].flatMap(([StageName, { enabled, reason = '' }]) =>
    enabled ? [] : { StageName, Reason: reason },
  );
  return {
    Name: name,
    ...capitalised(rest, ['configuration']),
    ...(artifactStores === undefined
      ? {}
      : {
          ArtifactStores: Object.entries(artifactStores).map(([Region, store]) => ({
            Region,
            ArtifactStore: capitalised(store),
          })),
        }),
    ...(disabled.length > 0 ? { DisableInboundStageTransitions: disabled } : {}),
  };
}

import {
  type ActionConfigurationProperty,
  type ActionType,
  ActionTypeNotFoundException,
  type ArtifactDetails,
} from '@aws-sdk/client-codepipeline';
import { awsError } from '../../errors';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { keyOf, providers } from './actions';
import { invalidToken } from './pages';
import type { CodePipelineHandlers } from './state';

/** AWS's other providers: a pipeline may name them, and their actions fail by name. */
const others = [
  'Source/AWS/CodeCommit/1',
  'Source/AWS/CodeStarSourceConnection/1',
  'Source/AWS/ECR/1',
  'Source/ThirdParty/GitHub/1',
  'Build/AWS/ECRBuildAndPublish/1',
  'Build/Custom/Jenkins/1',
  'Compute/AWS/Commands/1',
  'Test/AWS/DeviceFarm/1',
  'Deploy/AWS/AppConfig/1',
  'Deploy/AWS/CloudFormationStackInstances/1',
  'Deploy/AWS/CloudFormationStackSet/1',
  'Deploy/AWS/CodeDeploy/1',
  'Deploy/AWS/CodeDeployToECS/1',
  'Deploy/AWS/EC2/1',
  'Deploy/AWS/ECS/1',
  'Deploy/AWS/EKS/1',
  'Deploy/AWS/ElasticBeanstalk/1',
  'Deploy/AWS/S3/1',
  'Deploy/AWS/ServiceCatalog/1',
  'Invoke/AWS/InspectorScan/1',
  'Invoke/AWS/StepFunctions/1',
];

export const isKnownType = (key: string): boolean => others.includes(key);

export const actionTypes = {
  ListActionTypes({ actionOwnerFilter: owner, nextToken }, { state }) {
    const all = [...ownTypes(), ...state.customTypes.values()].filter(
      ({ id }) => owner === undefined || id?.owner === owner,
    );
    const { page, next } = paginate(all, nextToken, invalidToken(100));
    return { actionTypes: page, ...(next === undefined ? {} : { nextToken: next }) };
  },

  CreateCustomActionType(input, { state }) {
    const { category, provider, version, settings, configurationProperties } = input;
    const { inputArtifactDetails, outputArtifactDetails } = input;
    checkCounts(inputArtifactDetails);
    checkCounts(outputArtifactDetails);
    checkQueryable(configurationProperties);
    const id = { category, owner: 'Custom' as const, provider, version };
    if (state.customTypes.has(keyOf(id)))
      throw invalidType(`The action type ${keyOf(id)} already exists`); // text unverified
    const actionType: ActionType = {
      id,
      settings,
      actionConfigurationProperties: configurationProperties ?? [],
      inputArtifactDetails,
      outputArtifactDetails,
    };
    state.customTypes.set(keyOf(id), actionType);
    return { actionType, tags: input.tags ?? [] };
  },

  DeleteCustomActionType({ category, provider, version }, { state }) {
    state.customTypes.delete(keyOf({ category, owner: 'Custom', provider, version }));
  },

  GetActionType({ category, owner, provider, version }, { state }) {
    const key = keyOf({ category, owner: owner as 'Custom', provider, version });
    const found = state.customTypes.get(key);
    if (!found) throw unknownType(key);
    return {
      actionType: {
        id: { category, owner, provider, version },
        executor: { configuration: { jobWorkerExecutorConfiguration: {} }, type: 'JobWorker' },
        inputArtifactDetails: {
          minimumCount: found.inputArtifactDetails?.minimumCount,
          maximumCount: found.inputArtifactDetails?.maximumCount,
        },
        outputArtifactDetails: {
          minimumCount: found.outputArtifactDetails?.minimumCount,
          maximumCount: found.outputArtifactDetails?.maximumCount,
        },
      },
    };
  },
} satisfies CodePipelineHandlers;

/** Text unverified. */
export const unknownType = (key: string): Error =>
  refuse(ActionTypeNotFoundException, `The action type ${key} does not exist`);

// https://github.com/badmintoncryer/cdk-preflight has measured the texts of both on AWS.

function checkCounts({ minimumCount = 0, maximumCount = 0 }: Partial<ArtifactDetails> = {}): void {
  if (maximumCount < minimumCount)
    throw invalidType(
      `Maximum Number of Artifacts (${maximumCount}) has to be greater than or equal to minimum (${minimumCount}).`,
    );
}

function checkQueryable(properties: ActionConfigurationProperty[] = []): void {
  const names = properties.flatMap(({ queryable, name }) => (queryable ? name : []));
  if (names.length > 1)
    throw invalidType(
      `Multiple queryable configuration properties found with names '${names.join(', ')}'. Up to one queryable property may be specified.`,
    );
}

/** An exception of AWS's that its model does not know. */
const invalidType = (message: string): Error => awsError('InvalidActionTypeException', message);

const ownTypes = (): ActionType[] =>
  providers.map(({ category, owner, provider, inputs, outputs }) => ({
    id: { category, owner, provider, version: '1' },
    inputArtifactDetails: { minimumCount: inputs[0], maximumCount: inputs[1] },
    outputArtifactDetails: { minimumCount: outputs[0], maximumCount: outputs[1] },
  }));

import {
  type CreateTrailRequest,
  InsufficientSnsTopicPolicyException,
  InvalidParameterCombinationException,
  MaximumNumberOfTrailsExceededException,
  TrailAlreadyExistsException,
  type UpdateTrailRequest,
} from '@aws-sdk/client-cloudtrail';
import type { SNS } from '@aws-sdk/client-sns';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { checkBucket, checkLogGroup } from './check-places';
import { checkName } from './errors';
import { changeable, findTrail, homeOf, placeOf, trailArn, trailsHere } from './find';
import { everything } from './selectors';
import { describedTrail, shownTrail, topicArnOf } from './shown-trail';
import type { CloudTrailCall, CloudTrailHandlers, Trail } from './state';

const type = 'AWS::CloudTrail::Trail';
const mostInRegion = 5;

export const trails = {
  async CreateTrail(input, call) {
    const { Name: name = '' } = input;
    checkName(name);
    refuseUnsupported(input);
    checkRoom(name, call);
    const fresh: Trail = {
      name,
      arn: trailArn(name, call),
      bucket: '',
      includesGlobal: true,
      isMultiRegion: false,
      validatesFiles: false,
      tags: tagRecord(input.TagsList),
      selectors: everything(),
      isLogging: false,
      toBucket: {},
      toLogs: {},
    };
    const trail = await configured(fresh, input, call);
    call.state.trails.set(name, trail);
    call.announce({ kind: 'CREATE', type, id: name });
    return shownTrail(trail, call);
  },

  async UpdateTrail(input, call) {
    const trail = changeable(input.Name, call);
    refuseUnsupported(input);
    Object.assign(trail, await configured(trail, input, call));
    call.announce({ kind: 'UPDATE', type, id: trail.name });
    return shownTrail(trail, call);
  },

  DeleteTrail({ Name }, call) {
    const { name } = changeable(Name, call);
    call.state.trails.delete(name);
    call.announce({ kind: 'DELETE', type, id: name });
  },

  DescribeTrails({ trailNameList: names = [], includeShadowTrails = true }, call) {
    for (const name of names) placeOf(name, call);
    const found = trailsHere(call).filter(
      (trail) =>
        (includeShadowTrails || homeOf(trail) === call.region) &&
        (names.length === 0 || names.includes(trail.name) || names.includes(trail.arn)),
    );
    return {
      trailList: found.map((trail) => describedTrail(trail, call)),
    };
  },

  GetTrail({ Name }, call) {
    return { Trail: describedTrail(findTrail(Name, call), call) };
  },

  ListTrails(_input, call) {
    return {
      Trails: trailsHere(call).map((trail) => ({
        TrailARN: trail.arn,
        Name: trail.name,
        HomeRegion: homeOf(trail),
      })),
    };
  },
} satisfies CloudTrailHandlers;

function refuseUnsupported({ IsOrganizationTrail }: { IsOrganizationTrail?: boolean | undefined }) {
  if (IsOrganizationTrail)
    throw awsError('NotEmulated', 'cloudtrail organization trails are not emulated');
}

function checkRoom(name: string, { state, accountId, region }: CloudTrailCall): void {
  if (state.trails.has(name))
    throw refuse(
      TrailAlreadyExistsException,
      `Trail ${name} already exists for customer: ${accountId}`,
    );
  if (state.trails.size >= mostInRegion)
    throw refuse(
      MaximumNumberOfTrailsExceededException,
      `User: ${accountId} already has ${state.trails.size} trails in ${region}.`,
    );
}

type Asked = CreateTrailRequest | UpdateTrailRequest;

/** The trail with what was asked for; AWS proves every place before it changes anything. */
async function configured(before: Trail, asked: Asked, call: CloudTrailCall): Promise<Trail> {
  const trail: Trail = {
    ...before,
    ...placesOf(before, asked),
    includesGlobal: asked.IncludeGlobalServiceEvents ?? before.includesGlobal,
    isMultiRegion: asked.IsMultiRegionTrail ?? before.isMultiRegion,
    validatesFiles: asked.EnableLogFileValidation ?? before.validatesFiles,
  };
  if (trail.isMultiRegion && !trail.includesGlobal)
    throw refuse(
      InvalidParameterCombinationException,
      'Multi-Region trail must include global service events.',
    );
  await checkBucket(trail, call);
  await checkLogGroup(trail, call);
  await checkTopic(trail, call);
  return trail;
}

/** An empty text takes a place away. */
const placesOf = (before: Trail, asked: Asked) => ({
  bucket: asked.S3BucketName ?? before.bucket,
  prefix: unlessEmpty(asked.S3KeyPrefix ?? before.prefix),
  logGroupArn: unlessEmpty(asked.CloudWatchLogsLogGroupArn ?? before.logGroupArn),
  logRoleArn: unlessEmpty(asked.CloudWatchLogsRoleArn ?? before.logRoleArn),
  kmsKeyId: unlessEmpty(asked.KmsKeyId ?? before.kmsKeyId),
  topicName: unlessEmpty(asked.SnsTopicName ?? before.topicName),
});

const unlessEmpty = (text: string | undefined) => text || undefined;

async function checkTopic(trail: Trail, call: CloudTrailCall): Promise<void> {
  const TopicArn = topicArnOf(trail, call);
  if (TopicArn === undefined) return;
  await call
    .client<SNS>('sns')
    .getTopicAttributes({ TopicArn })
    .catch(() => {
      throw refuse(
        InsufficientSnsTopicPolicyException,
        'SNS Topic does not exist or the topic policy is incorrect!',
      );
    });
}

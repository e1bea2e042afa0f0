import { ErrorCode, type FailureInfo } from '@aws-sdk/client-resource-groups-tagging-api';
import { checkArns } from './arns';
import { invalidParameter, type TaggingCall, type TaggingHandlers } from './state';
import type { Tagger, Target } from './tagger';
import { taggerOf } from './taggers';

type Work = (tagger: Tagger, target: Target) => Promise<unknown>;

function checkList(arns: string[]) {
  if (!arns.length || arns.length > 20) {
    throw invalidParameter('ResourceARNList must have between 1 and 20 items.'); // text not verified
  }
  checkArns(arns);
}

const failure = (StatusCode: number, code: string, ErrorMessage: string): FailureInfo => ({
  StatusCode,
  // AWS passes on the codes of the tagged service, which the enumeration does not list.
  ErrorCode: code as ErrorCode,
  ErrorMessage,
});

interface Failed {
  $metadata?: { httpStatusCode?: number };
}

async function attempt(arn: string, work: Work): Promise<[string, FailureInfo][]> {
  const found = taggerOf(arn);
  if (!found) {
    const text = `The resource type of ${arn} is not emulated.`;
    return [[arn, failure(400, ErrorCode.INVALID_PARAMETER_EXCEPTION, text)]];
  }
  try {
    await work(found.tagger, found.target);
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const status = (error as Failed).$metadata?.httpStatusCode ?? 400;
    return [[arn, failure(status, error.name, error.message)]];
  }
}

/** Each resource by itself: what fails is named in the answer, the rest is done. */
async function each(arns: string[], work: Work) {
  checkList(arns);
  const failed: [string, FailureInfo][] = [];
  for (const arn of arns) failed.push(...(await attempt(arn, work)));
  return { FailedResourcesMap: Object.fromEntries(failed) };
}

const tagAll = (call: TaggingCall, tags: Record<string, string>): Work => {
  if (Object.keys(tags).some((key) => key.startsWith('aws:'))) {
    throw invalidParameter("Tag keys starting with 'aws:' are reserved for internal use."); // text not verified
  }
  return (tagger, target) => tagger.tag(call, target, tags);
};

export const tagging = {
  TagResources: ({ ResourceARNList = [], Tags = {} }, call) =>
    each(ResourceARNList, tagAll(call, Tags)),

  UntagResources: ({ ResourceARNList = [], TagKeys = [] }, call) =>
    each(ResourceARNList, (tagger, target) => tagger.untag(call, target, TagKeys)),
} satisfies TaggingHandlers;

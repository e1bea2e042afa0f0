import {
  type GetResourcesCommandInput,
  PaginationTokenExpiredException,
  type TagFilter,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Resource } from '../../changes/resource';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { tagList } from '../../tags';
import { checkArns } from './arns';
import { invalidParameter, type TaggingCall, type TaggingHandlers } from './state';
import { isOfType } from './types';

type Query = GetResourcesCommandInput;

const limits = { arns: 100, filters: 50, page: 100 };

const isGiven = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

function checkQuery(input: Query) {
  const { ResourceARNList: arns = [], TagFilters: tags = [] } = input;
  const others = [tags, input.ResourceTypeFilters, input.ResourcesPerPage];
  if (arns.length && others.some(isGiven)) {
    throw invalidParameter('ResourceARNList cannot be used with other filters.'); // text not verified
  }
  if (arns.length > limits.arns || tags.length > limits.filters) {
    throw invalidParameter('ResourceARNList or TagFilters has too many items.'); // text not verified
  }
  checkArns(arns);
  checkSizes(input);
}

/** A page ends with so many resources, or so many tags of them. */
function checkSizes({ ResourcesPerPage: resources = 100, TagsPerPage: tags = 100 }: Query) {
  if (tags < 100 || tags > 500) throw invalidParameter('TagsPerPage must be between 100 and 500');
  if (resources < 1 || resources > limits.page)
    throw invalidParameter('ResourcesPerPage must be between 1 and 100');
}

/** Filters are joined by and, the values of one by or; a filter without values asks for the key. */
const hasTag =
  (tags: Record<string, string>) =>
  ({ Key = '', Values = [] }: TagFilter) => {
    const value = tags[Key];
    return value !== undefined && (!Values.length || Values.includes(value));
  };

/** Every resource of the account and Region that has tags, or is asked for by ARN. */
function matching(call: TaggingCall, input: Query): Resource[] {
  const { ResourceARNList: arns = [], ResourceTypeFilters: types = [], TagFilters = [] } = input;
  return call.resources
    .all()
    .filter(({ arn, tags }) => (arns.length ? arns.includes(arn) : Object.keys(tags).length > 0))
    .filter((resource) => !types.length || types.some((type) => isOfType(resource, type)))
    .filter(({ tags }) => TagFilters.every(hasTag(tags)));
}

const invalidToken = () => refuse(PaginationTokenExpiredException, 'Token does not exist');

/** One page of the API's lists; an empty token stands for none, both ways. */
function pageOf<T>(items: T[], token: string | undefined, max: number) {
  const { page, next = '' } = paginate(items, token || undefined, {
    max,
    invalid: invalidToken,
  });
  return { page, PaginationToken: next };
}

const unique = (values: string[]) => [...new Set(values)].toSorted();

export const resourcesQuery = {
  GetResources(input, call) {
    checkQuery(input);
    const max = input.ResourcesPerPage ?? limits.page;
    const { page, PaginationToken } = pageOf(matching(call, input), input.PaginationToken, max);
    return {
      PaginationToken,
      ResourceTagMappingList: page.map(({ arn, tags }) => ({
        ResourceARN: arn,
        Tags: tagList(tags),
      })),
    };
  },

  GetTagKeys({ PaginationToken: token }, call) {
    const keys = call.resources.all().flatMap(({ tags }) => Object.keys(tags));
    const { page, PaginationToken } = pageOf(unique(keys), token, limits.page);
    return { TagKeys: page, PaginationToken };
  },

  GetTagValues({ Key = '', PaginationToken: token }, call) {
    if (Key === '') throw invalidParameter('The parameter Key is required.'); // text not verified
    const values = call.resources.all().flatMap(({ tags: { [Key]: value } }) => value ?? []);
    const { page, PaginationToken } = pageOf(unique(values), token, limits.page);
    return { TagValues: page, PaginationToken };
  },
} satisfies TaggingHandlers;

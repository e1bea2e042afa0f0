import type { Filter, SecretListEntry } from '@aws-sdk/client-secrets-manager';
import { tagList } from '../../tags';
import { checkOneOf, invalidParameter } from './errors';
import { findSecret, findVersion } from './find-secret';
import { paged } from './listing';
import type { Secret, SecretsCall, SecretsHandlers } from './state';
import { valueOf } from './versions';
import { table } from '../../table';

/** What is known of secrets beside their values, and many values at once. */
export const descriptions = {
  DescribeSecret({ SecretId: id }, call) {
    const secret = findSecret(id, call);
    return { ...entryOf(secret), VersionIdsToStages: stagesOf(secret) };
  },

  ListSecrets(input, { state }) {
    const { Filters: filters = [], IncludePlannedDeletion: withDeleted = false } = input;
    checkFilters(filters);
    const wanted = [...state.secrets.values()].filter(
      (secret) => (withDeleted || !secret.deletedAt) && fits(secret, filters),
    );
    if (input.SortOrder === 'desc') wanted.reverse();
    const { page, end } = paged(wanted, input);
    return {
      SecretList: page.map((secret) => ({
        ...entryOf(secret),
        SecretVersionsToStages: stagesOf(secret),
      })),
      ...end,
    };
  },

  async BatchGetSecretValue(
    { SecretIdList: ids, Filters: filters, MaxResults: given, ...paging },
    call,
  ) {
    if ((ids === undefined) === (filters === undefined))
      throw invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
    if (ids && given !== undefined)
      throw invalidParameter(
        "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.",
      );
    checkFilters(filters);
    const wanted =
      ids ??
      [...call.state.secrets.values()]
        .filter((secret) => !secret.deletedAt && fits(secret, filters))
        .map(({ arn }) => arn);
    const { page, end } = paged(wanted, { ...paging, MaxResults: given ?? 20 });
    const found = await Promise.all(page.map((id) => valueOrError(id, call)));
    return {
      SecretValues: found.flatMap(({ value }) => value ?? []),
      Errors: found.flatMap(({ error }) => error ?? []),
      ...end,
    };
  },
} satisfies SecretsHandlers;

/** Each secret is asked for as by GetSecretValue, so that its own policy and key decide. */
async function valueOrError(id: string, call: SecretsCall) {
  try {
    const secret = findSecret(id, call);
    return { value: await valueOf(secret, findVersion(secret, {}), call) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error: { SecretId: id, ErrorCode: error.name, Message: error.message } };
  }
}

const entryOf = (secret: Secret): SecretListEntry => ({
  ARN: secret.arn,
  Name: secret.name,
  Description: secret.description,
  KmsKeyId: secret.kmsKeyId,
  ...rotationOf(secret),
  LastChangedDate: secret.changedAt,
  LastAccessedDate: secret.accessedAt,
  DeletedDate: secret.deletedAt,
  Tags: tagList(secret.tags),
  CreatedDate: secret.createdAt,
});

function rotationOf({ rotation }: Secret): SecretListEntry {
  if (!rotation) return {};
  return {
    RotationEnabled: rotation.isEnabled,
    RotationLambdaARN: rotation.functionArn,
    RotationRules: rotation.rules,
    LastRotatedDate: rotation.lastAt,
    ...(rotation.isEnabled ? { NextRotationDate: rotation.nextAt } : {}),
  };
}

const stagesOf = ({ versions }: Secret): Record<string, string[]> =>
  Object.fromEntries(
    [...versions.values()]
      .filter(({ stages }) => stages.size > 0)
      .map(({ id, stages }) => [id, [...stages]]),
  );

type Search = (secret: Secret) => string[];

const searched: Record<string, Search> = table({
  name: ({ name }) => [name],
  'tag-key': ({ tags }) => Object.keys(tags),
  description: ({ description = '' }) => [description],
  'tag-value': ({ tags }) => Object.values(tags),
  'owning-service': () => [],
  'primary-region': () => [],
});

function checkFilters(filters: Filter[] = []): void {
  for (const [index, { Key: key }] of filters.entries())
    checkOneOf(key, `filters.${index + 1}.member.key`, ['all', ...Object.keys(searched)]);
}

const everywhere: Search = (secret) => Object.values(searched).flatMap((search) => search(secret));

/** Every filter has to fit; a value fits what begins with it, and not what begins so with `!`. */
function fits(secret: Secret, filters: Filter[] = []): boolean {
  return filters.every(({ Key: key = 'all', Values: values = [] }) => {
    const search = Object.hasOwn(searched, key) ? searched[key] : undefined;
    const texts = (search ?? everywhere)(secret);
    const begins = (value: string) =>
      texts.some((text) =>
        key === 'description' || key === 'all'
          ? text.toLowerCase().includes(value.toLowerCase())
          : text.startsWith(value),
      );
    const negated = values.filter((value) => value.startsWith('!'));
    const plain = values.filter((value) => !value.startsWith('!'));
    return (
      negated.every((value) => !begins(value.slice(1))) &&
      (plain.length === 0 || plain.some(begins))
    );
  });
}

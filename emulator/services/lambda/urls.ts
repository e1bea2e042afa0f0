import { type Cors, FunctionUrlAuthType, type InvokeMode } from '@aws-sdk/client-lambda';
import { paginate } from '../../paginate';
import { checkOneOf, conflict, constraint, invalid, noSuchResource, notFound } from './errors';
import { arnOf, findFunction, type Found, readReference } from './find-function';
import type { LambdaCall, LambdaHandlers, UrlConfig } from './state';

interface Wanted {
  AuthType?: FunctionUrlAuthType | undefined;
  Cors?: Cors | undefined;
  InvokeMode?: InvokeMode | undefined;
}

/** Function URLs, one for a function or an alias. */
export const urls = {
  CreateFunctionUrlConfig(input, call) {
    const found = qualified(input, call, noFunction);
    if (found.fn.urls.has(found.key))
      throw conflict(
        `Failed to create function url config for [functionArn = ${arnOf(found.reference)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
      );
    check(input);
    const now = call.now();
    const url: UrlConfig = {
      id: call.random.upper(32).toLowerCase(),
      authType: input.AuthType ?? 'NONE',
      cors: corsOf(input),
      invokeMode: 'BUFFERED',
      createdAt: now,
      modifiedAt: now,
    };
    found.fn.urls.set(found.key, url);
    return shown(found, url, call);
  },

  GetFunctionUrlConfig(input, call) {
    const found = qualified(input, call, noSuchResource);
    return shown(found, existing(found), call);
  },

  UpdateFunctionUrlConfig(input, call) {
    const found = qualified(input, call, noFunction);
    const before = existing(found);
    check(input);
    const url: UrlConfig = {
      ...before,
      authType: input.AuthType ?? before.authType,
      cors: input.Cors ? corsOf(input) : before.cors,
      modifiedAt: call.now(),
    };
    found.fn.urls.set(found.key, url);
    return shown(found, url, call);
  },

  DeleteFunctionUrlConfig(input, call) {
    const found = qualified(input, call, noSuchResource);
    existing(found);
    found.fn.urls.delete(found.key);
  },

  ListFunctionUrlConfigs(input, call) {
    const found = findFunction(input, call, noFunction);
    const all = [...found.fn.urls].map(([key, url]) => {
      const qualifier = key === '' ? undefined : key;
      return shown({ ...found, reference: { ...found.reference, qualifier } }, url, call);
    });
    const { page, next } = paginate(all, input.Marker, Math.min(input.MaxItems ?? 50, 50));
    return { FunctionUrlConfigs: page, ...(next === undefined ? {} : { NextMarker: next }) };
  },
} satisfies LambdaHandlers;

export const urlPrefix = '/lambda-url/';

/** AWS has a host for each; here the path tells Region, account and which one. */
const addressOf = ({ id }: UrlConfig, { endpoint, region, accountId }: LambdaCall): string =>
  `${endpoint}${urlPrefix}${region}/${accountId}/${id}/`;

const noFunction = (): Error => notFound('Function does not exist');

type Input = Parameters<typeof findFunction>[0];

/** Aliases have URLs; versions have none. */
function qualified(input: Input, call: LambdaCall, absent: () => Error): Found & { key: string } {
  const { qualifier } = readReference(input.FunctionName ?? '', input.Qualifier, call);
  if (qualifier !== undefined && /^(\d+|\$LATEST)$/.test(qualifier))
    throw constraint(
      qualifier,
      'qualifier',
      String.raw`satisfy regular expression pattern: ((?!^\d+$)^[0-9a-zA-Z-_]+$)`,
    );
  const found = findFunction(input, call, absent);
  if (qualifier !== undefined && !found.fn.aliases.has(qualifier)) throw absent();
  return { ...found, key: qualifier ?? '' };
}

function existing({ fn, key }: Found & { key: string }): UrlConfig {
  const url = fn.urls.get(key);
  if (!url) throw noSuchResource();
  return url;
}

/** In AWS's order. */
const invokeModes: InvokeMode[] = ['RESPONSE_STREAM', 'BUFFERED'];

function check({ AuthType: type, InvokeMode: mode }: Wanted): void {
  checkOneOf(type, 'authType', FunctionUrlAuthType);
  checkOneOf(mode, 'invokeMode', invokeModes);
  if (mode === 'RESPONSE_STREAM') throw invalid('InvokeMode RESPONSE_STREAM is not emulated.');
}

const corsOf = ({ Cors: cors }: Wanted): Record<string, unknown> | undefined =>
  cors && Object.keys(cors).length > 0 ? { ...cors } : undefined;

const shown = ({ reference }: Pick<Found, 'reference'>, url: UrlConfig, call: LambdaCall) => ({
  FunctionUrl: addressOf(url, call),
  FunctionArn: arnOf(reference),
  AuthType: url.authType,
  ...(url.cors === undefined ? {} : { Cors: url.cors }),
  CreationTime: url.createdAt.toISOString(),
  LastModifiedTime: url.modifiedAt.toISOString(),
  InvokeMode: url.invokeMode,
});

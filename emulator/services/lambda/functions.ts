import type { CreateFunctionRequest, UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda';
import { paginate } from '../../paginate';
import { codeLocation } from './code-location';
import { shownConfiguration } from './configuration';
import { checkOneOf, conflict, invalid, violatedParameter } from './errors';
import {
  checkRevision,
  findFunction,
  findVersion,
  type Found,
  functionArn,
  readReference,
} from './find-function';
import { retireEnvironments } from './invoking/execute';
import { checkLayers } from './layer-versions';
import { readPackage } from './package';
import { checkExecutionRole } from './role';
import { checkDeadLetters, checkNetwork } from './sending-rights';
import { changedSettings, newSettings } from './settings';
import { checkArchitectures } from './settings-checks';
import type { LambdaCall, LambdaFunction, LambdaHandlers, Settings } from './state';
import { checkTags } from './tagging';
import { publish } from './versions';

export const functions = {
  async CreateFunction(input, call) {
    const { name } = readReference(input.FunctionName ?? '', undefined, call);
    if (name.length > 64) throw nameTooLong(name);
    if (call.state.functions.has(name)) throw conflict(`Function already exist: ${name}`);
    refuseSigning(input);
    const code = await readPackage(input.Code ?? {}, call);
    const settings = newSettings({ ...input, FunctionName: name }, code);
    await checkExecutionRole(settings.role, name, call);
    await checkSurroundings(settings, call);
    const fn = newFunction(name, settings, call);
    checkTags(input.Tags);
    fn.tags = { ...input.Tags };
    call.state.functions.set(name, fn);
    call.announce({ kind: 'CREATE', type: 'AWS::Lambda::Function', id: name });
    const version = input.Publish ? publish(fn, {}, call) : undefined;
    return shown(fn, version?.version, call);
  },

  GetFunction(input, call) {
    const found = findFunction(input, call);
    const { fn } = found;
    const version = findVersion(found);
    return {
      Configuration: shownConfiguration(found, version, call),
      Code: { RepositoryType: 'S3', Location: codeLocation(version.settings.code, call) },
      ...(Object.keys(fn.tags).length > 0 ? { Tags: fn.tags } : {}),
      ...(fn.reservedConcurrency === undefined
        ? {}
        : { Concurrency: { ReservedConcurrentExecutions: fn.reservedConcurrency } }),
    };
  },

  GetFunctionConfiguration(input, call) {
    const found = findFunction(input, call);
    return shownConfiguration(found, findVersion(found), call);
  },

  ListFunctions({ Marker, MaxItems = 50, FunctionVersion }, call) {
    checkOneOf(FunctionVersion, 'functionVersion', ['ALL']);
    const all = [...call.state.functions.values()].flatMap((fn) =>
      [fn.latest, ...(FunctionVersion === 'ALL' ? fn.versions.values() : [])].map((version) => {
        const qualifier = FunctionVersion === 'ALL' ? version.version : undefined;
        return shownConfiguration(foundOf(fn, qualifier, call), version, call);
      }),
    );
    const { page, next } = paginate(all, Marker, Math.min(MaxItems, 50));
    return { Functions: page, ...(next === undefined ? {} : { NextMarker: next }) };
  },

  async UpdateFunctionCode(input, call) {
    const { fn } = unqualified(input, call);
    checkRevision(input.RevisionId, fn.latest);
    const code = await readPackage(sourceOf(input), call);
    checkArchitectures(input.Architectures);
    const architectures = input.Architectures ?? fn.latest.settings.architectures;
    const settings = { ...fn.latest.settings, code, architectures };
    if (!input.DryRun) change(fn, settings, call);
    const version = input.Publish && !input.DryRun ? publish(fn, {}, call) : undefined;
    return shown(fn, version?.version, call);
  },

  async UpdateFunctionConfiguration(input, call) {
    const { fn } = unqualified(input, call);
    checkRevision(input.RevisionId, fn.latest);
    const settings = changedSettings(fn.latest.settings, input);
    if (input.Role !== undefined) await checkExecutionRole(settings.role, fn.name, call);
    await checkSurroundings(settings, call);
    change(fn, settings, call);
    return shown(fn, undefined, call);
  },

  DeleteFunction(input, call) {
    const found = findFunction(input, call);
    const { fn, qualifier } = found;
    if (qualifier !== undefined) {
      deleteVersion(found, qualifier, call);
      return;
    }
    call.state.functions.delete(fn.name);
    retireEnvironments(fn, call);
    call.announce({ kind: 'DELETE', type: 'AWS::Lambda::Function', id: fn.name });
  },
} satisfies LambdaHandlers;

/** Layers must be there, and the role may do what the settings make Lambda do as it. */
async function checkSurroundings(settings: Settings, call: LambdaCall): Promise<void> {
  checkLayers(settings.layers, call);
  await checkDeadLetters(settings.role, settings.deadLetterArn, call);
  await checkNetwork(settings, call);
}

const foundOf = (fn: LambdaFunction, qualifier: string | undefined, call: LambdaCall): Found => ({
  fn,
  qualifier,
  reference: { name: fn.name, qualifier, accountId: call.accountId, region: call.region },
});

function shown(fn: LambdaFunction, version: string | undefined, call: LambdaCall) {
  const found = foundOf(fn, version, call);
  return shownConfiguration(found, findVersion(found), call);
}

/** Of this one length AWS tells with another exception. */
const nameTooLong = (name: string): Error =>
  violatedParameter(name, 'functionName', 'Member must have length less than or equal to 64');

function newFunction(name: string, settings: Settings, call: LambdaCall): LambdaFunction {
  const now = call.now();
  return {
    name,
    createdAt: now,
    latest: { version: '$LATEST', settings, revisionId: call.random.uuid(), modifiedAt: now },
    versions: new Map(),
    published: 0,
    aliases: new Map(),
    tags: {},
    policies: new Map(),
    eventInvokes: new Map(),
    urls: new Map(),
  };
}

function unqualified(input: { FunctionName?: string | undefined }, call: LambdaCall): Found {
  const found = findFunction(input, call);
  if (found.qualifier !== undefined && found.qualifier !== '$LATEST')
    // Text unverified.
    throw invalid('This operation is permitted on Lambda functions without a qualifier only.');
  return found;
}

function change(fn: LambdaFunction, settings: Settings, call: LambdaCall): void {
  fn.latest = { ...fn.latest, settings, revisionId: call.random.uuid(), modifiedAt: call.now() };
  retireEnvironments(fn, call);
  call.announce({ kind: 'UPDATE', type: 'AWS::Lambda::Function', id: fn.name });
}

const sourceOf = (input: UpdateFunctionCodeRequest) => ({
  ZipFile: input.ZipFile,
  S3Bucket: input.S3Bucket,
  S3Key: input.S3Key,
  S3ObjectVersion: input.S3ObjectVersion,
  ImageUri: input.ImageUri,
});

function deleteVersion({ fn }: Found, qualifier: string, call: LambdaCall): void {
  if (qualifier === '$LATEST')
    throw invalid('$LATEST version cannot be deleted without deleting the function.');
  const using = [...fn.aliases.values()].filter(
    ({ version, routing }) => version === qualifier || routing?.version === qualifier,
  );
  if (using.length > 0)
    throw conflict(
      `Function version (${functionArn(fn.name, call, qualifier)}) cannot be deleted because aliases still reference it.`,
    );
  if (!fn.versions.delete(qualifier)) return;
  const id = functionArn(fn.name, call, qualifier);
  call.announce({ kind: 'DELETE', type: 'AWS::Lambda::Version', id });
}

function refuseSigning({ CodeSigningConfigArn: arn, PackageType: type }: CreateFunctionRequest) {
  if (arn !== undefined) throw invalid('Code signing is not emulated.');
  if (type === 'Image')
    throw invalid('Functions from container images are not emulated; use a zip.');
}

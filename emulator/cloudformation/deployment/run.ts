import type { Call } from '../../call';
import type { Caller } from '../../principal';
import { isBuiltIn } from '../built-in/types';
import type { ProviderContext, ResourceProvider } from '../provider';
import type { Stack, StackResource } from '../stack';
import type { CloudFormationState } from '../state';
import { type Hold, waitOutside } from './hold';

/** One operation at work on one stack. */
export interface Run {
  call: Call<CloudFormationState>;
  stack: Stack;
  /** The stack's role; without one, whoever made the request. */
  caller: Caller;
  /** Lets the request be answered while a resource waits for simulated time. */
  release: () => void;
  hold: Hold;
  /** The types that CloudFormation itself provides; handed in, because some deploy stacks again. */
  builtIn: (type: string) => BuiltIn | undefined;
  /** Names the physical id of a resource that takes its time, before it is complete. */
  begun?: (physicalId: string) => void;
  /** The stack policy that holds for this update. */
  policy?: string | undefined;
  /** Resources that a rollback passes over. */
  skip?: string[];
}

/** A provider that needs the operation itself: it waits, or works on further stacks. */
export type BuiltIn = (run: Run) => ResourceProvider;

/** What a provider is told about the resource that it works on. */
export function contextFor(run: Run, logicalId: string): ProviderContext {
  const { call, stack, caller } = run;
  return {
    logicalId,
    stackName: stack.name,
    stackId: stack.id,
    accountId: call.accountId,
    region: call.region,
    random: call.random,
    client: <C>(service: string) => call.client<C>(service, caller),
    physicalName: (length) => physicalName(run, logicalId, length),
    tags: {
      ...Object.fromEntries(stack.settings.tags.map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
      'aws:cloudformation:stack-name': stack.name,
      'aws:cloudformation:stack-id': stack.id,
      'aws:cloudformation:logical-id': logicalId,
    },
    async sleep(milliseconds) {
      const until = new Date(call.now().getTime() + milliseconds);
      await waitOutside(run, `sleep:${call.random.uuid()}`, until);
    },
  };
}

/** `stack-LogicalId-` and twelve characters; what is too long is cut from stack and logical id. */
function physicalName({ call, stack }: Run, logicalId: string, length: number): string {
  const suffix = call.random.upper(12);
  const room = length - suffix.length - 2;
  const forId = Math.max(room - stack.name.length, Math.floor(room / 2));
  const id = logicalId.slice(0, forId);
  return `${stack.name.slice(0, room - id.length)}-${id}-${suffix}`;
}

/** The provider of a type; a stack with a type that nobody provides fails and names it. */
export function providerFor(run: Run, type: string): ResourceProvider {
  const provider = run.builtIn(type)?.(run) ?? run.call.providers(type);
  if (!provider) throw new Error(`${type} is not emulated`);
  return provider;
}

/** Whether a type can be changed in place at all. */
export const canUpdate = (call: Pick<Call, 'providers'>, type: string): boolean =>
  isBuiltIn(type) || 'update' in (call.providers(type) ?? {});

/** Properties as the provider got them. */
export const sent = ({ resolved, properties }: Pick<StackResource, 'properties' | 'resolved'>) =>
  resolved ?? properties;

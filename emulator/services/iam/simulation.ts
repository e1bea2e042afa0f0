import {
  type ContextEntry,
  InvalidInputException,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';
import { actionFacts, contextKeysOf, uniqueKeys } from '../../authorisation';
import { type Principal, rootOf } from '../../principal';
import { refuse } from '../../refuse';
import { arnIn, nameIn } from './entities';
import { type NamedPolicy, namedPolicy, policiesOf } from './identity-policies';
import { listed } from './listing';
import { type Simulated, simulate } from './simulate-action';
import type { IamCall, IamHandlers, IamState, PolicyHolder } from './state';
import { checkPolicy } from './validation';

/** The policy simulator: asks the evaluation that also decides about real requests. */
export const simulation = {
  SimulatePrincipalPolicy(input, call) {
    const holder = sourceOf(call.state, input.PolicySourceArn);
    const own = 'boundary' in holder ? namedPolicy(call.state, holder.boundary) : [];
    return results(input, {
      policies: [
        ...policiesOf(call.state, holder),
        ...numbered(input.PolicyInputList, 'PolicyInputList'),
      ],
      // A boundary in the request stands in for the one that is set.
      boundaries: input.PermissionsBoundaryPolicyInputList
        ? numbered(input.PermissionsBoundaryPolicyInputList, 'PermissionsBoundaryPolicyInputList')
        : own,
      principal: callerOf(input.CallerArn) ?? principalOf(holder, call),
      membership: call.membership,
    });
  },

  SimulateCustomPolicy: (input, call) =>
    results(input, {
      policies: numbered(input.PolicyInputList, 'PolicyInputList'),
      boundaries: numbered(
        input.PermissionsBoundaryPolicyInputList,
        'PermissionsBoundaryPolicyInputList',
      ),
      principal: callerOf(input.CallerArn) ?? anyoneIn(call.accountId),
    }),

  GetContextKeysForCustomPolicy: ({ PolicyInputList: documents }) => ({
    ContextKeyNames: keysOf(numbered(documents, 'PolicyInputList')),
  }),

  GetContextKeysForPrincipalPolicy({ PolicySourceArn: arn, PolicyInputList: documents }, call) {
    const holder = sourceOf(call.state, arn);
    return {
      ContextKeyNames: keysOf([
        ...policiesOf(call.state, holder),
        ...numbered(documents, 'PolicyInputList'),
      ]),
    };
  },
} satisfies IamHandlers;

interface Input {
  ActionNames: string[] | undefined;
  ResourceArns?: string[] | undefined;
  ResourcePolicy?: string | undefined;
  ResourceOwner?: string | undefined;
  ContextEntries?: ContextEntry[] | undefined;
  ResourceHandlingOption?: string | undefined;
  Marker?: string | undefined;
  MaxItems?: number | undefined;
}

type Who = Pick<Simulated, 'policies' | 'boundaries' | 'principal' | 'membership'>;

function results(input: Input, who: Who) {
  if (input.ResourceHandlingOption !== undefined)
    throw refuse(InvalidInputException, 'ResourceHandlingOption is not emulated.');
  const { ActionNames: actions = [], ResourceArns: resources = [], ResourcePolicy: own } = input;
  const malformed = actions.find((action) => !/^[\w-]+:[\w*?]+$/.test(action));
  // Text not verified.
  if (malformed !== undefined) throw refuse(InvalidInputException, `Invalid Action: ${malformed}`);
  const simulated: Simulated = {
    ...who,
    ...(own === undefined ? {} : { resourcePolicy: checkPolicy(own, 'resource') }),
    context: {
      'aws:ResourceAccount': ownerOf(input.ResourceOwner) ?? who.principal.accountId,
      ...contextGiven(input.ContextEntries),
    },
  };
  const { page, end } = listed(actions, input);
  return {
    EvaluationResults: page.map((action) =>
      simulate(simulated, action, askedOf(action, resources)),
    ),
    ...end,
  };
}

/** An action that knows no resources is about everything, whatever ARNs are given. */
const askedOf = (action: string, resources: string[]): string[] =>
  resources.length === 0 || actionFacts(action)?.resources.length === 0 ? ['*'] : resources;

const contextGiven = (entries: ContextEntry[] = []): Record<string, string[]> =>
  Object.fromEntries(
    entries.map(({ ContextKeyName: key = '', ContextKeyValues: values = [] }) => [key, values]),
  );

const ownerOf = (arn: string | undefined): string | undefined => /(\d{12})/.exec(arn ?? '')?.[1];

const keysOf = (policies: NamedPolicy[]): string[] =>
  uniqueKeys(policies.flatMap(({ document }) => contextKeysOf(document)));

const numbered = (documents: string[] = [], list: string): NamedPolicy[] =>
  documents.map((document, index) => ({
    id: `${list}.${index + 1}`,
    document: checkPolicy(document),
    type: 'none',
  }));

function sourceOf(state: IamState, arn = '') {
  const kind = /^arn:aws[\w-]*:iam::\d{12}:(role|user|group)\//.exec(arn)?.[1];
  if (kind === undefined)
    // Text not verified.
    throw refuse(
      InvalidInputException,
      `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
    );
  const name = nameIn(arn);
  const holder = { role: state.roles, user: state.users, group: state.groups }[
    kind as PolicyHolder['kind']
  ].get(name);
  if (!holder)
    throw refuse(NoSuchEntityException, `The ${kind} with name ${name} cannot be found.`);
  return holder;
}

function callerOf(arn: string | undefined): Principal | undefined {
  if (arn === undefined) return undefined;
  const accountId = /^arn:aws[\w-]*:iam::(\d{12}):user\//.exec(arn)?.[1];
  if (accountId === undefined)
    // Text not verified.
    throw refuse(InvalidInputException, `Invalid CallerArn: ${arn} is not the ARN of a user.`);
  return { type: 'user', accountId, arn, userName: nameIn(arn) };
}

function principalOf({ kind, path, name }: PolicyHolder, { accountId }: IamCall): Principal {
  const arn = arnIn(accountId, kind, { path, name });
  if (kind === 'user') return { type: 'user', accountId, arn, userName: name };
  if (kind === 'group') return anyoneIn(accountId);
  return { type: 'role', accountId, arn, roleArn: arn, sessionName: 'simulated' };
}

/** Policies on their own belong to nobody; the account stands in for whoever gets them. */
const anyoneIn = (accountId: string): Principal => rootOf(accountId);

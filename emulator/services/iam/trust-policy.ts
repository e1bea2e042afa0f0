import { MalformedPolicyDocumentException } from '@aws-sdk/client-iam';
import { refuse } from '../../refuse';
import { nameIn } from './entities';
import type { IamCall } from './state';
import { checkPolicy } from './validation';

/** A sound trust policy whose principals exist, as far as this account can tell. */
export function checkTrustPolicy(document: string | undefined, call: IamCall): string {
  const sound = checkPolicy(document, 'trust');
  for (const [type, name] of principalsIn(JSON.parse(sound)))
    if (!isPrincipal(type, name, call))
      throw refuse(
        MalformedPolicyDocumentException,
        `Invalid principal in policy: "${type.toUpperCase()}":"${name}"`,
      );
  return sound;
}

function principalsIn(policy: { Statement: unknown }): [type: string, name: string][] {
  const statements = [policy.Statement].flat() as { Principal?: unknown }[];
  return statements.flatMap(({ Principal: principal }) =>
    typeof principal === 'string'
      ? [['AWS', principal] as [string, string]]
      : Object.entries(principal ?? {}).flatMap(([type, names]) =>
          [names].flat().map((name): [string, string] => [type, String(name)]),
        ),
  );
}

function isPrincipal(type: string, name: string, call: IamCall): boolean {
  if (type === 'Service') return /^[a-z0-9.-]+\.(amazonaws|amazon)\.com(\.cn)?$/.test(name);
  if (type === 'Federated') return true;
  return type === 'AWS' && isAccountOrOwn(name, call);
}

function isAccountOrOwn(name: string, call: IamCall): boolean {
  if (name === '*' || /^\d{12}$/.test(name)) return true;
  const [, service, account, resource] =
    /^arn:aws[\w-]*:(iam|sts)::(\d{12}):(.+)$/.exec(name) ?? [];
  if (resource === undefined) return false;
  // Whether a principal of another account exists is not looked up here.
  return account !== call.accountId || service === 'sts' || isOwn(resource, call);
}

function isOwn(resource: string, { state }: IamCall): boolean {
  if (resource.startsWith('role/')) return state.roles.has(nameIn(resource));
  return resource === 'root' || (resource.startsWith('user/') && state.users.has(nameIn(resource)));
}

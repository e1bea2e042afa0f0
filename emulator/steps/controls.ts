import type { Policies } from '../authorisation';
import type { Core } from '../core';
import type { Principal } from '../principal';
import type { Asked } from './authorise';
import type { Decoded } from './exchange';
import { resourceAccountOf } from './request-keys';

/** Services whose resources resource control policies restrict, of those that are emulated. */
const controlledResources = /^(s3|sts|kms|sqs|secretsmanager|logs|dynamodb|ecr|codebuild|events):/i;

/** The control policies of the caller's and of the resource's organization. */
export function controlsOn(
  { caller: { principal }, region }: Decoded,
  core: Core,
  { permission, resource }: Asked,
): Pick<Policies, 'serviceControls' | 'resourceControls'> {
  if (isLinked(principal)) return {};
  const owner = resourceAccountOf(permission, resource) ?? principal.accountId;
  return {
    serviceControls:
      principal.type === 'service'
        ? undefined
        : core.membershipOf(principal.accountId, region)?.serviceControls,
    resourceControls: controlledResources.test(permission.action)
      ? core.membershipOf(owner, region)?.resourceControls
      : undefined,
  };
}

/** Service-linked roles are beyond the reach of an organization's policies. */
const isLinked = (principal: Principal): boolean =>
  principal.type === 'role' && principal.roleArn.includes(':role/aws-service-role/');

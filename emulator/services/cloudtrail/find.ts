import {
  CloudTrailARNInvalidException,
  InvalidHomeRegionException,
} from '@aws-sdk/client-cloudtrail';
import { refuse } from '../../refuse';
import { checkName, unknownTrail } from './errors';
import type { CloudTrailCall, Trail } from './state';

export const trailArn = (name: string, call: CloudTrailCall): string => call.arn(`trail/${name}`);

interface At {
  name: string;
  region: string;
}

/** A trail is named by its name in its home Region, elsewhere by its ARN; refuses what can be neither. */
export function placeOf(nameOrArn: string, call: CloudTrailCall): At {
  if (!nameOrArn.startsWith('arn:')) {
    checkName(nameOrArn);
    return { name: nameOrArn, region: call.region };
  }
  const [, , service, region = '', accountId, resource = ''] = nameOrArn.split(':');
  if (service !== 'cloudtrail' || !resource.startsWith('trail/'))
    throw refuse(CloudTrailARNInvalidException, `Invalid trail ARN: ${nameOrArn}`); // text unverified
  if (accountId !== call.accountId) throw unknownTrail(nameOrArn, call.accountId);
  return { name: resource.slice('trail/'.length), region };
}

/** Every trail that logs what happens in the call's Region. */
export const trailsHere = (call: CloudTrailCall): Trail[] =>
  call
    .states()
    .filter(({ accountId }) => accountId === call.accountId)
    .flatMap(({ region, state }) =>
      [...state.trails.values()].filter((trail) => region === call.region || trail.isMultiRegion),
    );

/** The trail of that name or ARN, home here or (a trail of all Regions) elsewhere. */
export function findTrail(nameOrArn: string | undefined, call: CloudTrailCall): Trail {
  const found = trailAt(nameOrArn, call);
  if (found) return found;
  throw unknownTrail(nameOrArn ?? '', call.accountId);
}

/** The same, or nothing when there is none; a name or ARN that cannot be one is refused. */
export function trailAt(nameOrArn: string | undefined, call: CloudTrailCall): Trail | undefined {
  const { name, region } = placeOf(nameOrArn ?? '', call);
  const home = call
    .states()
    .find((each) => each.accountId === call.accountId && each.region === region);
  const found = home?.state.trails.get(name);
  if (found || nameOrArn?.startsWith('arn:')) return found;
  return trailsHere(call).find((trail) => trail.name === name);
}

export const homeOf = ({ arn }: Trail): string => arn.split(':')[3] ?? '';

/** The trail; operations that change one, and GetTrailStatus, call one that is not there by its ARN. */
export function existing(nameOrArn = '', call: CloudTrailCall): Trail {
  const trail = trailAt(nameOrArn, call);
  if (trail) return trail;
  const arn = nameOrArn.startsWith('arn:') ? nameOrArn : trailArn(nameOrArn, call);
  throw unknownTrail(arn, call.accountId);
}

/** The trail, which only its home Region may change. */
export function changeable(nameOrArn: string | undefined, call: CloudTrailCall): Trail {
  const trail = existing(nameOrArn, call);
  if (homeOf(trail) === call.region) return trail;
  throw refuse(
    InvalidHomeRegionException,
    `The trail that you are trying to change was created in a different region: ${homeOf(trail)}`, // text unverified
  );
}

import type { Change } from '../../../changes/change';
import { readQueueUrl } from '../../../queue-address';
import type { LambdaCall } from '../state';
import type { Mapping } from './mapping';
import { pump } from './pump';

/**
 * A queue got visible messages: the mappings that read from it look, in whatever account they are.
 * A change of IAM may let a role read that could not before.
 */
export function wakeMappings(change: Change, call: LambdaCall): void {
  if (change.kind === 'CONTENT' && change.type === 'AWS::SQS::Queue') {
    const { accountId = '', name = '' } = readQueueUrl(change.id) ?? {};
    const sourceArn = `arn:aws:sqs:${call.region}:${accountId}:${name}`;
    wakeWhere((mapping) => mapping.sourceArn === sourceArn, call);
  } else if (change.type.startsWith('AWS::IAM::')) {
    wakeWhere(() => true, call);
  }
}

function wakeWhere(isMeant: (mapping: Mapping) => boolean, call: LambdaCall): void {
  for (const { accountId, region, state } of call.states()) {
    if (region !== call.region) continue;
    for (const mapping of state.mappings.values())
      if (isMeant(mapping)) pump(mapping, call.elsewhere(accountId, region));
  }
}

/** A pause after being throttled is over. */
export function resumeMapping(id: string, call: LambdaCall): void {
  const mapping = call.state.mappings.get(id);
  if (mapping) pump(mapping, call);
}

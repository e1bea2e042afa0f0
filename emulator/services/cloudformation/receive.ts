import { takeBody } from '../../cloudformation/built-in/callbacks';
import { readSignal } from '../../cloudformation/built-in/signal';
import { fileSignal, signalKey } from '../../cloudformation/deployment/signals';
import type { WireRequest, WireResponse } from '../../wire';
import type { CloudFormationCall } from './state';

/** Takes what is PUT to the response URL of a custom resource or to a wait condition's handle. */
export function receive(request: WireRequest, call: CloudFormationCall): WireResponse {
  const signature = new URLSearchParams(request.query).get('Signature') ?? '';
  const name = decodeURIComponent(request.path.split('/').at(-1) ?? '');
  const body = new TextDecoder().decode(request.body);
  if (request.method !== 'PUT' || !takeBody(call, { name, signature, body })) return denied;
  if (request.path.startsWith('/cloudformation-waitcondition-')) signal(call, name, body);
  return { status: 200, headers: {}, body: '' };
}

function signal(call: CloudFormationCall, name: string, body: string): void {
  const [stackId = '', logicalId = ''] = name.split('|');
  const stack = call.state.stacks.get(stackId);
  const found = readSignal(body);
  if (stack && found && fileSignal(stack, logicalId, found)) call.wake(signalKey(stack, logicalId));
}

// As S3 answers a presigned address that is not, or no longer, good.
const denied: WireResponse = {
  status: 403,
  headers: { 'content-type': 'application/xml' },
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
};

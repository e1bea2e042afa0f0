import type { STS } from '@aws-sdk/client-sts';
import type { Call } from '../call';
import { type Caller, sessionOf } from '../principal';

interface Assumed {
  roleArn: string;
  service: string;
  sourceArn: string;
  sessionName: string;
}

/** The role as a service assumes it on behalf of a resource; its trust policy decides. */
export async function assumeFor(
  { roleArn, service, sourceArn, sessionName }: Assumed,
  call: Pick<Call, 'client' | 'asService'>,
): Promise<Caller> {
  await call
    .client<STS>('sts', call.asService(service, sourceArn))
    .assumeRole({ RoleArn: roleArn, RoleSessionName: sessionName });
  // Who is called may tell by it which rule or schedule it was.
  return { principal: sessionOf(roleArn, sessionName), sourceArn };
}

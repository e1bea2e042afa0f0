import type { Lambda } from '@aws-sdk/client-lambda';
import type { SNS } from '@aws-sdk/client-sns';
import { waitOutside } from '../deployment/hold';
import type { Run } from '../deployment/run';
import { validationError } from '../errors';
import type { Properties, Provided, ProviderContext, ResourceProvider } from '../provider';
import { text } from '../template/text';
import { closeCallback, openCallback, receivedAt, wakeKey } from './callbacks';
import { type Answer, readAnswer } from './answer';
import { FailedWithId } from './failed';

const anHour = 3600;

/** A resource that a function, or a subscriber of a topic, makes, changes and removes on request. */
export const customResource = (run: Run): ResourceProvider => ({
  async create(properties, context) {
    const fallback = `${context.stackName}-${context.logicalId}-${context.random.upper(12)}`;
    return provided(await ask(run, context, requestOf('Create', properties)), fallback);
  },

  async update(physicalId, { properties, previous }, context) {
    if (properties['ServiceToken'] !== previous['ServiceToken']) {
      throw new Error('Modifying service token is not allowed.');
    }
    const answer = await ask(run, context, {
      ...requestOf('Update', properties),
      PhysicalResourceId: physicalId,
      OldResourceProperties: asTexts(previous),
    });
    return provided(answer, physicalId);
  },

  async delete(physicalId, properties, context) {
    const answer = await ask(run, context, {
      ...requestOf('Delete', properties),
      PhysicalResourceId: physicalId,
    });
    provided(answer, physicalId);
  },
});

interface Request {
  RequestType: 'Create' | 'Update' | 'Delete';
  ServiceToken: string;
  ServiceTimeout?: string;
  PhysicalResourceId?: string;
  ResourceProperties: unknown;
  OldResourceProperties?: unknown;
}

function requestOf(type: Request['RequestType'], properties: Properties): Request {
  const { ServiceToken: token, ServiceTimeout: timeout } = properties;
  return {
    RequestType: type,
    ServiceToken: text(token),
    ...(timeout === undefined ? {} : { ServiceTimeout: text(timeout) }),
    ResourceProperties: asTexts(properties),
  };
}

/** Every scalar as text, which is how functions see their properties. */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value !== 'object' || value === null) return text(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asTexts(each)]));
}

/** Sends the request and waits for the answer to its ResponseURL. */
async function ask(run: Run, context: ProviderContext, request: Request): Promise<Answer> {
  const { call, stack } = run;
  const { logicalId } = context;
  checkToken(request);
  const requestId = call.random.uuid();
  const bucket = `custom-resource-response-${call.region.replaceAll('-', '')}`;
  const address = { bucket, stackId: stack.id, logicalId, requestId };
  const { url, name } = openCallback(call, address);
  const seconds = Number(request.ServiceTimeout ?? anHour);
  const deadline = new Date(call.now().getTime() + seconds * 1000);
  try {
    await send(
      request.ServiceToken,
      messageOf(run, request, { logicalId, requestId, url }),
      context,
    );
    const outcome = receivedAt(call, name).length > 0 || (await arrival(run, name, deadline));
    if (outcome === 'timeout') return { Data: {}, NoEcho: false, failure: silent(requestId) };
    return readAnswer(receivedAt(call, name)[0] ?? '', requestId);
  } finally {
    closeCallback(call, name);
  }
}

/** To the topic or the function of the token, as whoever deploys the stack. */
async function send(token: string, message: object, context: ProviderContext): Promise<void> {
  const text = JSON.stringify(message);
  if (isFunction(token))
    await context
      .client<Lambda>('lambda')
      .invoke({ FunctionName: token, InvocationType: 'Event', Payload: text });
  else
    await context.client<SNS>('sns').publish({
      TopicArn: token,
      Subject: 'AWS CloudFormation custom resource request',
      Message: text,
    });
}

const isFunction = (token: string): boolean => token.split(':')[2] === 'lambda';

const arrival = (run: Run, name: string, deadline: Date) =>
  waitOutside(run, wakeKey(name), deadline);

function messageOf(
  { stack }: Run,
  request: Request,
  sent: { logicalId: string; requestId: string; url: string },
) {
  const { RequestType, ServiceToken, ServiceTimeout, ResourceProperties, ...more } = request;
  const { type = '' } = stack.resources.get(sent.logicalId) ?? {};
  return {
    RequestType,
    ServiceToken,
    ...(ServiceTimeout === undefined ? {} : { ServiceTimeout }),
    ResponseURL: sent.url,
    StackId: stack.id,
    RequestId: sent.requestId,
    LogicalResourceId: sent.logicalId,
    ResourceType: type,
    ...more,
    ResourceProperties,
  };
}

function checkToken({ ServiceToken: token, ServiceTimeout: timeout }: Request): void {
  if (token === '') throw validationError('Property ServiceToken cannot be empty.');
  if (!/^arn:aws:(sns|lambda):[^:]+:\d{12}:.+$/.test(token))
    throw new Error('Invalid service token.');
  const seconds = Number(timeout ?? anHour);
  if (seconds >= 1 && seconds <= anHour) return;
  // Text not verified against AWS.
  throw new Error(`ServiceTimeout must be a number of seconds between 1 and ${anHour}`);
}

const silent = (requestId: string): string =>
  `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`;

function provided(answer: Answer, fallback: string): Provided {
  if (answer.failure !== undefined) {
    throw new FailedWithId(answer.failure, answer.PhysicalResourceId ?? fallback);
  }
  return {
    physicalId: answer.PhysicalResourceId ?? fallback,
    attributes: answer.Data,
    ...(answer.NoEcho ? { isSecret: true } : {}),
  };
}

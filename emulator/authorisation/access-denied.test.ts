import { sessionOf } from '../principal';
import { accessDenied } from './access-denied';
import type { Evaluation } from './evaluate';

const principal = sessionOf('arn:aws:iam::111111111111:role/reader', 'me');
const who = 'User: arn:aws:sts::111111111111:assumed-role/reader/me is not authorized to perform:';

const silent = (deniedBy: NonNullable<Evaluation['deniedBy']>): Evaluation => ({
  decision: 'implicitDeny',
  matched: [],
  deniedBy,
});

test.each<[string, string, string, Evaluation, string, number, string]>([
  [
    'ssm',
    'ssm:GetParameter',
    'arn:aws:ssm:us-east-1:111111111111:parameter/x',
    silent('identity'),
    'AccessDeniedException',
    400,
    `${who} ssm:GetParameter on resource: arn:aws:ssm:us-east-1:111111111111:parameter/x because no identity-based policy allows the ssm:GetParameter action`,
  ],
  [
    'iam',
    'iam:ListRoles',
    '*',
    { ...silent('identity'), decision: 'explicitDeny' },
    'AccessDenied',
    403,
    `${who} iam:ListRoles on resource: * with an explicit deny in an identity-based policy`,
  ],
  [
    'ec2',
    'ec2:DescribeSecurityGroups',
    '*',
    silent('boundary'),
    'UnauthorizedOperation',
    403,
    `You are not authorized to perform this operation. ${who} ec2:DescribeSecurityGroups because no permissions boundary allows the ec2:DescribeSecurityGroups action`,
  ],
  [
    'sns',
    'sns:Publish',
    'arn:aws:sns:us-east-1:000000000000:alerts',
    silent('identity'),
    'AuthorizationError',
    403,
    `${who} SNS:Publish on resource: arn:aws:sns:us-east-1:000000000000:alerts because no identity-based policy allows the SNS:Publish action`,
  ],
  [
    's3',
    's3:GetObject',
    'arn:aws:s3:::b/k',
    silent('session'),
    'AccessDenied',
    403,
    `${who} s3:GetObject on resource: "arn:aws:s3:::b/k" because no session policy allows the s3:GetObject action`,
  ],
  [
    'sqs',
    'sqs:SendMessage',
    'arn:aws:sqs:us-east-1:222222222222:q',
    silent('resource'),
    'AccessDenied',
    403,
    `${who} sqs:sendmessage on resource: arn:aws:sqs:us-east-1:222222222222:q because no resource-based policy allows the sqs:sendmessage action`,
  ],
  [
    'sqs',
    'sqs:CreateQueue',
    'arn:aws:sqs:us-east-1:222222222222:q',
    { ...silent('serviceControl'), decision: 'explicitDeny' },
    'AccessDenied',
    403,
    `${who} sqs:createqueue on resource: arn:aws:sqs:us-east-1:222222222222:q with an explicit deny in a service control policy`,
  ],
  [
    'kms',
    'kms:Decrypt',
    'arn:aws:kms:us-east-1:222222222222:key/k',
    silent('serviceControl'),
    'AccessDeniedException',
    400,
    `${who} kms:Decrypt on resource: arn:aws:kms:us-east-1:222222222222:key/k because no service control policy allows the kms:Decrypt action`,
  ],
  [
    'sts',
    'sts:GetAccessKeyInfo',
    '*',
    silent('identity'),
    'AccessDenied',
    403,
    `${who} sts:GetAccessKeyInfo because no identity-based policy allows the sts:GetAccessKeyInfo action`,
  ],
  [
    'sts',
    'sts:AssumeRole',
    'arn:aws:iam::111111111111:role/x',
    silent('resource'),
    'AccessDenied',
    403,
    `${who} sts:AssumeRole on resource: arn:aws:iam::111111111111:role/x`,
  ],
])('%s refuses %s on %s in its own way', (...row) => {
  const [service, action, resource, evaluation, name, status, message] = row;
  expect(accessDenied(service, { principal, action, resource }, evaluation)).toMatchObject({
    name,
    status,
    message,
  });
});

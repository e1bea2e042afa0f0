import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;

const allow = (actions: string[], ...resources: string[]) =>
  new PolicyStatement({ actions, resources });

/** What building needs: logs, the artifacts of the pipeline, reports of the project's own groups. */
export const buildPolicy = (artifactsArn: string): PolicyDocument =>
  new PolicyDocument({
    statements: [
      allow(
        ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        arn('logs', 'log-group:/aws/codebuild/*'),
      ),
      allow(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], `${artifactsArn}/*`),
      allow(
        [
          'codebuild:CreateReportGroup',
          'codebuild:CreateReport',
          'codebuild:UpdateReport',
          'codebuild:BatchPutTestCases',
        ],
        arn('codebuild', 'report-group/*'),
      ),
    ],
  });

/** What CloudFormation needs for the stack lab-01-orders, whatever way the service is released. */
export const deployPolicy = (codeArns: string[]): PolicyDocument =>
  new PolicyDocument({
    statements: [
      allow(['s3:GetObject', 's3:GetObjectVersion'], ...codeArns.map((each) => `${each}/*`)),
      allow(
        ['lambda:*'],
        arn('lambda', 'function:lab-01-orders-*'),
        arn('lambda', 'function:CodeDeployHook_*'),
      ),
      allow(['codedeploy:*', 'cloudwatch:*', 'logs:*'], '*'),
      allow(['iam:*'], `arn:aws:iam::${Aws.ACCOUNT_ID}:role/lab-01-orders-*`),
    ],
  });

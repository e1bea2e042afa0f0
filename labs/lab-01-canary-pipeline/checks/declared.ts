/** What a drill leaves as it was, and what it does not. */
export const undoes =
  'what waits for approval in the pipeline is rejected, and release.zip is put back at the end';

/** Calls of the drills that release something. */
export const releaseWrites = [
  'codedeploy:StopDeployment',
  'codepipeline:PutApprovalResult',
  'lambda:Invoke',
  's3:DeleteObject',
  's3:PutObject',
];

export const releaseReads = [
  'cloudformation:DescribeStacks',
  'cloudformation:GetTemplate',
  'cloudformation:ListStackResources',
  'cloudwatch:DescribeAlarms',
  'codebuild:BatchGetBuilds',
  'codebuild:BatchGetReports',
  'codedeploy:BatchGetDeployments',
  'codedeploy:GetDeployment',
  'codedeploy:GetDeploymentGroup',
  'codedeploy:GetDeploymentTarget',
  'codedeploy:ListDeployments',
  'codepipeline:GetPipeline',
  'codepipeline:GetPipelineState',
  'codepipeline:ListActionExecutions',
  'codepipeline:ListPipelineExecutions',
  'codepipeline:ListPipelines',
  'lambda:GetAlias',
  's3:GetBucketTagging',
  's3:GetObject',
  's3:ListObjectVersions',
];

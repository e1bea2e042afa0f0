import type { Task } from '../../checker/lab';

/** What the learner is to reach, with a ladder of hints for each. */
export const tasks: Task[] = [
  {
    letter: 'a',
    goal: 'Let a red unit test fail the build in BUILD or PRE_BUILD, and make the results a test report of CodeBuild.',
    statements: ['1.2'],
    hints: [
      'Look at the exit code of the test command, and at the phase that it runs in.',
      'It is in `orders/buildspec.yml`: which phase stops the ones after it, and what does `|| true` do? Reports have a section of their own.',
      'Run the tests as the first command of `build` with `--test-reporter=junit --test-reporter-destination=unit-tests.xml`, and name that file under `reports` with `file-format: JUNITXML`.',
    ],
  },
  {
    letter: 'b',
    goal: 'Build a pipeline Source (S3) → Build → Approval → Deploy: started by the event of a new `release.zip` in the releases bucket and not by polling (PollForSourceChanges `false`), telling the approvals topic who must decide, and updating the stack `lab-01-orders` by a CloudFormation action.',
    statements: ['1.1', '1.4'],
    hints: [
      'Look at what starts the pipeline, what each stage hands to the next one, and who may do that.',
      'CodePipeline wants two stages or more, a pipeline of one stage is refused. The S3 source action has PollForSourceChanges; the bucket already sends its events to EventBridge, and a rule needs a role to start a pipeline. There is no CodeDeploy action for Lambda: the action is CloudFormation, and it works with a role of its own.',
      'Set PollForSourceChanges false and a rule on `Object Created` of `release.zip`. The deploy action: CREATE_UPDATE on `lab-01-orders`, TemplatePath `<artifact>::packaged.yaml`, RoleArn the deploy role, Capabilities CAPABILITY_NAMED_IAM, and ParameterOverrides with `Fn::GetArtifactAtt` BucketName and ObjectKey for CodeBucket and CodeKey. Allow the pipeline role `sns:Publish` on the topic.',
    ],
  },
  {
    letter: 'c',
    goal: 'Have CodeDeploy move the alias `live` of the orders function, by the UpdatePolicy of the alias and a deployment group with `CodeDeployDefault.LambdaCanary10Percent5Minutes`.',
    statements: ['1.4'],
    hints: [
      'Look at how the alias gets from one version to the next when the stack is updated.',
      'In `orders/template.yaml` the alias can have an UpdatePolicy; it names an application and a deployment group of CodeDeploy, which the same template may hold.',
      'Add AWS::CodeDeploy::Application (ComputePlatform Lambda) and AWS::CodeDeploy::DeploymentGroup (BLUE_GREEN and WITH_TRAFFIC_CONTROL, any other style is refused; a role with AWSCodeDeployRoleForLambda), and `UpdatePolicy: { CodeDeployLambdaAliasUpdate: { ApplicationName, DeploymentGroupName } }` on the alias.',
    ],
  },
  {
    letter: 'd',
    goal: 'Let the deployment group stop and roll back on an alarm on the errors of `live` (AWS/Lambda Errors, FunctionName and Resource `<function>:live`) that needs at most 180 seconds and takes missing data as `notBreaching`, with alarms enabled and both rollback events.',
    statements: ['1.4', '5.3'],
    hints: [
      'Look at which calls the alarm counts, and at how long it takes to fire beside the five minutes of the canary.',
      'CloudWatch, metrics of AWS/Lambda by resource: $LATEST and live have dimensions of their own. CodeDeploy: listing an alarm, enabling alarms and rolling back are three settings.',
      'Dimensions FunctionName and Resource `<function>:live`, Period 60, one datapoint, TreatMissingData notBreaching. In the group `AlarmConfiguration: { Enabled: true, Alarms }` and `AutoRollbackConfiguration: { Enabled: true, Events: [DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM] }`. Automatic rollback without an event is refused.',
    ],
  },
  {
    letter: 'e',
    goal: 'Ask the new version before any customer does: a BeforeAllowTraffic hook that calls the version that was just published and reports Succeeded or Failed to CodeDeploy.',
    statements: ['1.2', '1.4'],
    hints: [
      'Look at who calls the hook, which version it asks, and whom it tells.',
      'The managed role AWSCodeDeployRoleForLambda may invoke functions named `CodeDeployHook_*` only. The hook gets two ids and no version; an environment variable can carry it. CodeDeploy waits an hour for PutLifecycleEventHookExecutionStatus.',
      'Name it in BeforeAllowTrafficHook of the UpdatePolicy. Give it `NEW_VERSION: !Ref OrdersVersion`, invoke that, look at FunctionError and the answer, and put the status. Its role needs lambda:InvokeFunction on `<function>:*` and codedeploy:PutLifecycleEventHookExecutionStatus.',
    ],
  },
  {
    letter: 'f',
    goal: 'Let every failed execution of the pipeline reach the approvals topic.',
    statements: ['5.3'],
    hints: [
      'Look at the event of a failed execution before the pattern.',
      'EventBridge, Sandbox: the sample event "CodePipeline Pipeline Execution State Change". The API and the events spell states differently.',
      'Match `detail.state` FAILED of `aws.codepipeline` and give the rule the topic as its target; the topic lets EventBridge publish already.',
    ],
  },
  {
    letter: 'g',
    goal: 'Let the roles that the pipeline uses pass the deploy role and no other, and that one only to cloudformation.amazonaws.com.',
    statements: ['1.1'],
    hints: [
      'Look at what the pipeline hands to CloudFormation, and at what else it could hand on.',
      'In IAM, the role of the pipeline: the resource of iam:PassRole and its condition key.',
      'Allow `iam:PassRole` on the deploy role with the condition `StringEquals` `iam:PassedToService` = `cloudformation.amazonaws.com`, and drop it everywhere else.',
    ],
  },
];

import {
  Aws,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  CfnResource,
  Fn,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { CfnConfigurationRecorder, CfnDeliveryChannel } from 'aws-cdk-lib/aws-config';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

const config = new ServicePrincipal('config.amazonaws.com');

/**
 * AWS Config's recorder with its bucket and delivery channel, unless the account has one already:
 * a Region has room for one, and the parameter CreateRecorder says whether it is ours.
 */
export class Recorder extends Construct {
  private readonly recorder: CfnConfigurationRecorder;
  private readonly bucket: Bucket;
  private readonly create: CfnCondition;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = this.deliveryBucket();
    const role = new Role(this, 'Role', {
      assumedBy: config,
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWS_ConfigRole')],
    });
    this.recorder = new CfnConfigurationRecorder(this, 'Recorder', {
      roleArn: role.roleArn,
      recordingGroup: { allSupported: false, resourceTypes: ['AWS::EC2::SecurityGroup'] },
    });
    const channel = new CfnDeliveryChannel(this, 'Channel', {
      s3BucketName: this.bucket.bucketName,
    });
    if (this.bucket.policy) channel.node.addDependency(this.bucket.policy);
    this.create = this.onlyWhereWanted();
  }

  /** What the lab's clean-up must find. */
  outputs(): void {
    const values = { RecorderName: this.recorder.ref, ConfigBucketName: this.bucket.bucketName };
    for (const [key, value] of Object.entries(values)) {
      const output = new CfnOutput(this, key, { value, condition: this.create });
      output.overrideLogicalId(key);
    }
  }

  private deliveryBucket(): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const allow = (actions: string[], resource: string) =>
      bucket.addToResourcePolicy(
        new PolicyStatement({
          principals: [config],
          actions,
          resources: [resource],
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        }),
      );
    allow(['s3:GetBucketAcl', 's3:ListBucket'], bucket.bucketArn);
    allow(['s3:PutObject'], bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/Config/*`));
    return bucket;
  }

  private onlyWhereWanted(): CfnCondition {
    const parameter = new CfnParameter(this, 'CreateRecorder', {
      allowedValues: ['true', 'false'],
      default: 'true',
      description: 'false where the account has a configuration recorder already',
    });
    parameter.overrideLogicalId('CreateRecorder');
    const condition = new CfnCondition(this, 'IsWanted', {
      expression: Fn.conditionEquals(parameter.valueAsString, 'true'),
    });
    for (const child of this.node.findAll()) {
      if (CfnResource.isCfnResource(child)) child.cfnOptions.condition = condition;
    }
    return condition;
  }
}

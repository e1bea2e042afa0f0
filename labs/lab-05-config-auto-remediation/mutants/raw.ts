import type { CfnResource, Resource } from 'aws-cdk-lib';

/** A construct's CloudFormation resource, for what its CDK class no longer lets one change. */
export const raw = (construct: Resource): CfnResource => construct.node.defaultChild as CfnResource;

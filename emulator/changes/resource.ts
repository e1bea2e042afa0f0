/** How a service shows one of its resources to Config, the tagging API, policies and drift. */
export interface Resource {
  arn: string;
  /** CloudFormation type, `AWS::EC2::SecurityGroup`. */
  type: string;
  /** Physical id as CloudFormation's Ref answers it. */
  id: string;
  name?: string;
  tags: Record<string, string>;
  /** The resource's properties, in the shape of its CloudFormation type. */
  configuration: Record<string, unknown>;
  createdAt?: Date;
}

/** The resources of one account and Region, over all services that hold state there. */
export interface ResourceIndex {
  all(): Resource[];
  ofType(type: string): Resource[];
  byArn(arn: string): Resource | undefined;
}

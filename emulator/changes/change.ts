/** One resource changed. No learner sees this feed; Config and `/_lab/events` read it. */
export interface Change {
  /** `CONTENT`: what the resource holds changed (a queue got visible messages), not the resource. */
  kind: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONTENT';
  /** CloudFormation type, `AWS::EC2::SecurityGroup`. */
  type: string;
  /** The id that AWS Config and CloudFormation know it by, `sg-0123…`. */
  id: string;
}

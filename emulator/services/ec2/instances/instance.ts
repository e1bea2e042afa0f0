import { awsError } from '../../../errors';
import type { InstanceStateName, RequestLaunchTemplateData } from '@aws-sdk/client-ec2';

/** What RunInstances and launch templates ask for alike. */
export type LaunchData = RequestLaunchTemplateData;

export interface Instance {
  id: string;
  createdAt: Date;
  vpcId: string;
  subnetId: string;
  imageId: string;
  instanceType: string;
  keyName?: string;
  state: InstanceStateName;
  /** Why it is not running: code and text of StateReason. */
  stateReason?: { code: string; message: string };
  /** `User initiated (2026-01-01 00:00:00 GMT)`, empty while nobody asked for a change. */
  transitionReason: string;
  /** Of the last start. */
  launchedAt: Date;
  terminatedAt?: Date;
  reservationId: string;
  launchIndex: number;
  clientToken: string;
  profile?: { arn: string; id: string; associationId: string };
  /** Base64, as it was given. */
  userData?: string;
  rootDevice: string;
  /** Block devices as the request named them, for what shows the resource's properties. */
  devices: string[];
  disableApiTermination: boolean;
  disableApiStop: boolean;
  shutdownBehavior: 'stop' | 'terminate';
  ebsOptimized: boolean;
  monitored: boolean;
  tenancy: 'default' | 'dedicated';
  metadata: Metadata;
}

/** Options of the instance metadata service. */
export interface Metadata {
  HttpTokens: 'optional' | 'required';
  HttpEndpoint: 'enabled' | 'disabled';
  HttpPutResponseHopLimit: number;
  HttpProtocolIpv6: 'enabled' | 'disabled';
  InstanceMetadataTags: 'enabled' | 'disabled';
}

/** The numbers that AWS gives to the states. */
export const stateCodes: Record<InstanceStateName, number> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** A state as answers carry it. */
export const stateOf = (name: InstanceStateName) => ({ Code: stateCodes[name], Name: name });

/** Whether it is on its way out or gone: it takes no part in anything any more. */
export const isGone = ({ state }: Pick<Instance, 'state'>): boolean =>
  state === 'shutting-down' || state === 'terminated';

/** AWS's refusal of something that the instance's state does not allow. */
export const wrongState = (id: string, what = 'modified') =>
  awsError(
    'IncorrectInstanceState',
    `The instance '${id}' is not in a state from which it can be ${what}.`,
  );

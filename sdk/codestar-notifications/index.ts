import { type OwnException, ownPackage, type Schema } from '../own-package';
import type { CodeStarNotificationsApi } from './api';

// The numbers are the SDK's own: 0 text, 1 number, 2 boolean, 4 timestamp, 64 | x a list and
// 128 | x a map of such.
const namespace = 'com.amazonaws.codestarnotifications';

const structure = (name: string, members: Record<string, Schema>): Schema => [
  3,
  namespace,
  name,
  0,
  Object.keys(members),
  Object.values(members),
];

const list = (name: string, member: Schema): Schema => [1, namespace, name, 0, member];

const texts = 64 | 0;
const textMap = 128 | 0;

const Target = structure('Target', { TargetType: 0, TargetAddress: 0 });
const Targets = list('Targets', Target);
const TargetsBatch = list(
  'TargetsBatch',
  structure('TargetSummary', { TargetAddress: 0, TargetType: 0, TargetStatus: 0 }),
);
const EventTypeBatch = list(
  'EventTypeBatch',
  structure('EventTypeSummary', {
    EventTypeId: 0,
    ServiceName: 0,
    EventTypeName: 0,
    ResourceType: 0,
  }),
);
const NotificationRuleBatch = list(
  'NotificationRuleBatch',
  structure('NotificationRuleSummary', { Id: 0, Arn: 0 }),
);

const filters = (kind: string): Schema =>
  list(`${kind}Filters`, structure(`${kind}Filter`, { Name: 0, Value: 0 }));

const pageOf = (kind: string) => ({ Filters: filters(kind), NextToken: 0, MaxResults: 1 });

const members: Record<string, [input: Record<string, Schema>, output: Record<string, Schema>]> = {
  CreateNotificationRule: [
    {
      Name: 0,
      EventTypeIds: texts,
      Resource: 0,
      Targets,
      DetailType: 0,
      ClientRequestToken: [0, 4],
      Tags: textMap,
      Status: 0,
    },
    { Arn: 0 },
  ],
  DeleteNotificationRule: [{ Arn: 0 }, { Arn: 0 }],
  DeleteTarget: [{ TargetAddress: 0, ForceUnsubscribeAll: 2 }, {}],
  DescribeNotificationRule: [
    { Arn: 0 },
    {
      Arn: 0,
      Name: 0,
      EventTypes: EventTypeBatch,
      Resource: 0,
      Targets: TargetsBatch,
      DetailType: 0,
      CreatedBy: 0,
      Status: 0,
      CreatedTimestamp: 4,
      LastModifiedTimestamp: 4,
      Tags: textMap,
    },
  ],
  ListEventTypes: [pageOf('ListEventTypes'), { EventTypes: EventTypeBatch, NextToken: 0 }],
  ListNotificationRules: [
    pageOf('ListNotificationRules'),
    { NextToken: 0, NotificationRules: NotificationRuleBatch },
  ],
  ListTagsForResource: [{ Arn: 0 }, { Tags: textMap }],
  ListTargets: [pageOf('ListTargets'), { Targets: TargetsBatch, NextToken: 0 }],
  Subscribe: [{ Arn: 0, Target, ClientRequestToken: 0 }, { Arn: 0 }],
  TagResource: [{ Arn: 0, Tags: textMap }, { Tags: textMap }],
  Unsubscribe: [{ Arn: 0, TargetAddress: 0 }, { Arn: 0 }],
  UntagResource: [{ Arn: [0, 1], TagKeys: [texts, { httpQuery: 'tagKeys' }] }, {}],
  UpdateNotificationRule: [
    { Arn: 0, Name: 0, Status: 0, EventTypeIds: texts, Targets, DetailType: 0 },
    {},
  ],
};

/** `/createNotificationRule`; only the tag keys to be removed stand in the address. */
const addressOf = (name: string): string => {
  const path = `/${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return name === 'UntagResource' ? `${path}/{Arn}` : path;
};

const operationOf = (name: string): [Schema, Schema, [string, string, number]] => {
  const [input = {}, output = {}] = members[name] ?? [];
  return [
    structure(`${name}Request`, input),
    structure(`${name}Result`, output),
    ['POST', addressOf(name), 200],
  ];
};

/**
 * Stands for `@aws-sdk/client-codestar-notifications`, whose newest package at hand has no run-time
 * schemas. Shapes, addresses and statuses are those of AWS's model of 2019-10-15.
 */
const sdk = ownPackage({
  name: 'CodeStarNotifications',
  namespace,
  signingName: 'codestar-notifications',
  operations: Object.fromEntries(Object.keys(members).map((name) => [name, operationOf(name)])),
  errors: {
    AccessDeniedException: 403,
    ConcurrentModificationException: 400,
    ConfigurationException: 400,
    InvalidNextTokenException: 400,
    LimitExceededException: 400,
    ResourceAlreadyExistsException: 409,
    ResourceNotFoundException: 404,
    ValidationException: 400,
  },
});

export default sdk;

/** The aggregated client, typed by hand. */
export const CodeStarNotifications = sdk['CodeStarNotifications'] as new (
  configuration: never,
) => CodeStarNotificationsApi;

type Thrown =
  | 'InvalidNextTokenException'
  | 'ResourceAlreadyExistsException'
  | 'ResourceNotFoundException'
  | 'ValidationException';

/** The errors that the emulated operations answer. */
export const {
  InvalidNextTokenException,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  ValidationException,
} = sdk as Record<Thrown, OwnException>;

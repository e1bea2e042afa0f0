import { paginate } from '../../paginate';
import type { EventTypeSummary, Filter } from '../../../sdk/codestar-notifications/api';
import { checkFilters } from './errors';
import { pageOf } from './find';
import type { NotificationsHandlers } from './state';
import { table } from '../../table';

/** Which events of a service an event type stands for. */
export interface EventType extends EventTypeSummary {
  /** The kind of event, as its `detail-type` has it. */
  detailType: string;
  /** Member of the event's detail, and the value that it has then. */
  member: string;
  value: string;
  /** Only for actions of pipelines that are approvals. */
  isApproval?: true;
}

interface Family {
  prefix: string;
  category: string;
  service: string;
  resource: string;
  detailType: string;
  member: string;
  /** The end of the id, and the value that stands for it in the event. */
  values: Record<string, string>;
  isApproval?: true;
}

const pipeline = { service: 'CodePipeline', resource: 'Pipeline', member: 'state' };
const project = { service: 'CodeBuild', resource: 'Project' };

// https://docs.aws.amazon.com/dtconsole/latest/userguide/concepts.html#concepts-api
const families: Family[] = [
  {
    ...pipeline,
    prefix: 'codepipeline-pipeline-action-execution',
    category: 'Action execution',
    detailType: 'CodePipeline Action Execution State Change',
    values: {
      succeeded: 'SUCCEEDED',
      failed: 'FAILED',
      canceled: 'CANCELED',
      started: 'STARTED',
    },
  },
  {
    ...pipeline,
    prefix: 'codepipeline-pipeline-stage-execution',
    category: 'Stage execution',
    detailType: 'CodePipeline Stage Execution State Change',
    values: {
      started: 'STARTED',
      succeeded: 'SUCCEEDED',
      resumed: 'RESUMED',
      canceled: 'CANCELED',
      failed: 'FAILED',
    },
  },
  {
    ...pipeline,
    prefix: 'codepipeline-pipeline-pipeline-execution',
    category: 'Pipeline execution',
    detailType: 'CodePipeline Pipeline Execution State Change',
    values: {
      failed: 'FAILED',
      canceled: 'CANCELED',
      started: 'STARTED',
      resumed: 'RESUMED',
      succeeded: 'SUCCEEDED',
      superseded: 'SUPERSEDED',
    },
  },
  {
    ...pipeline,
    prefix: 'codepipeline-pipeline-manual-approval',
    category: 'Manual approval',
    detailType: 'CodePipeline Action Execution State Change',
    values: { failed: 'FAILED', needed: 'STARTED', succeeded: 'SUCCEEDED' },
    isApproval: true,
  },
  {
    ...project,
    prefix: 'codebuild-project-build-state',
    category: 'Build state',
    detailType: 'CodeBuild Build State Change',
    member: 'build-status',
    values: {
      failed: 'FAILED',
      succeeded: 'SUCCEEDED',
      'in-progress': 'IN_PROGRESS',
      stopped: 'STOPPED',
    },
  },
  {
    ...project,
    prefix: 'codebuild-project-build-phase',
    category: 'Build phase',
    detailType: 'CodeBuild Build Phase Change',
    member: 'completed-phase-status',
    values: { failure: 'FAILED', success: 'SUCCEEDED' },
  },
  {
    service: 'CodeDeploy',
    resource: 'Application',
    prefix: 'codedeploy-application-deployment',
    category: 'Deployment',
    detailType: 'CodeDeploy Deployment State-change Notification',
    member: 'state',
    values: { succeeded: 'SUCCESS', failed: 'FAILURE', started: 'START' },
  },
];

const titleOf = (ending: string): string =>
  ending.charAt(0).toUpperCase() + ending.slice(1).replaceAll('-', ' ');

const eventTypes = new Map(
  families.flatMap((family) =>
    Object.entries(family.values).map(([ending, value]): [string, EventType] => {
      const { prefix, category, service, resource, detailType, member, isApproval } = family;
      const EventTypeId = `${prefix}-${ending}`;
      const names = {
        EventTypeId,
        ServiceName: service,
        EventTypeName: `${category}: ${titleOf(ending)}`,
        ResourceType: resource,
      };
      return [
        EventTypeId,
        { ...names, detailType, member, value, ...(isApproval ? { isApproval } : {}) },
      ];
    }),
  ),
);

/** An event type by its id; nothing for one that no emulated service has. */
export const eventTypeOf = (id: string): EventType | undefined => eventTypes.get(id);

/** As the API shows it. */
export const summaryOf = (id: string): EventTypeSummary[] => {
  const found = eventTypes.get(id);
  if (!found) return [];
  const { EventTypeId, ServiceName, EventTypeName, ResourceType } = found;
  return [{ EventTypeId, ServiceName, EventTypeName, ResourceType }];
};

const memberOf: Record<string, keyof EventTypeSummary> = table({
  RESOURCE_TYPE: 'ResourceType',
  SERVICE_NAME: 'ServiceName',
});

const matches = (type: EventTypeSummary, filters: Filter[]): boolean =>
  filters.every(({ Name = '', Value }) => {
    const member = memberOf[Name];
    return member !== undefined && type[member] === Value;
  });

export const listing = {
  ListEventTypes({ Filters = [], NextToken, MaxResults }) {
    checkFilters(Filters, Object.keys(memberOf));
    const found = [...eventTypes.keys()]
      .flatMap(summaryOf)
      .filter((type) => matches(type, Filters));
    const { page, next } = paginate(found, NextToken, pageOf(MaxResults));
    return { EventTypes: page, NextToken: next };
  },
} satisfies NotificationsHandlers;

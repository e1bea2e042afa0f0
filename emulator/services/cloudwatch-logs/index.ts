import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { defineService } from '../../service';
import { groups } from './groups';
import { ingestion } from './ingestion';
import { permissions } from './permissions';
import { reading } from './reading';
import { retention } from './retention';
import { createState } from './state';
import { streams } from './streams';
import { tagging } from './tagging';
import { view } from './view';

export default defineService({
  client: CloudWatchLogs,
  createState,
  handlers: { ...groups, ...retention, ...streams, ...ingestion, ...reading, ...tagging },
  permissions,
  view,
});

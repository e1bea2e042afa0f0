import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { defineService } from '../../service';
import { deliver, onCall } from './deliver';
import { insights } from './insights';
import { logging } from './logging';
import { lookup } from './lookup';
import { permissions } from './permissions';
import { selectors } from './selectors';
import { createState } from './state';
import { tagging } from './tagging';
import { trails } from './trails';
import { view } from './view';

export default defineService({
  client: CloudTrail,
  createState,
  handlers: { ...lookup, ...trails, ...logging, ...selectors, ...insights, ...tagging },
  stored: ['PutInsightSelectors', 'GetInsightSelectors'],
  permissions,
  view,
  onCall,
  timers: { deliver },
});

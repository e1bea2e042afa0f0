import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { defineService } from '../../service';
import { activities } from './activities';
import { alarmAgain, execution } from './execute';
import { groups } from './groups';
import { hooks } from './hooks';
import { instances } from './instances';
import { onChange } from './listener';
import { permissions } from './permissions';
import { policies } from './policies';
import { scalingProcesses } from './processes';
import { createState } from './state';
import { tags } from './tags';
import { view } from './view';
import { heartbeat } from './waiting';

export default defineService({
  client: AutoScaling,
  createState,
  handlers: {
    ...activities,
    ...execution,
    ...groups,
    ...hooks,
    ...instances,
    ...policies,
    ...scalingProcesses,
    ...tags,
  },
  permissions,
  view,
  onChange,
  timers: { alarmAgain, heartbeat },
});

import { defineService } from '../../service';
import { listing } from './event-types';
import { onRule } from './find';
import { CodeStarNotifications } from '../../../sdk/codestar-notifications';
import { notify } from './notify';
import { rules } from './rules';
import { createState } from './state';
import { tagging } from './tagging';
import { targets } from './targets';
import { view } from './view';

export default defineService({
  client: CodeStarNotifications,
  createState,
  handlers: { ...rules, ...targets, ...tagging, ...listing },
  permissions: {
    CreateNotificationRule: onRule('CreateNotificationRule'),
    DeleteNotificationRule: onRule('DeleteNotificationRule'),
    DescribeNotificationRule: onRule('DescribeNotificationRule'),
    UpdateNotificationRule: onRule('UpdateNotificationRule'),
    Subscribe: onRule('Subscribe'),
    Unsubscribe: onRule('Unsubscribe'),
    TagResource: onRule('TagResource'),
    UntagResource: onRule('UntagResource'),
    ListTagsForResource: onRule('ListTagsForResource'),
  },
  onEvent: notify,
  view,
});

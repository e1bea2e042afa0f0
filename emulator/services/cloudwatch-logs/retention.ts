import { constraint } from './errors';
import { findGroup } from './find';
import { announce } from './announce';
import type { LogsHandlers } from './state';
import { cutoffOf } from './expiry';

const allowedDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

export const retention = {
  PutRetentionPolicy({ logGroupName, retentionInDays: days = 0 }, call) {
    if (!allowedDays.includes(days))
      throw constraint(
        days,
        'retentionInDays',
        `satisfy enum value set: [${allowedDays.join(', ')}]`,
      );
    const group = findGroup(logGroupName, call);
    group.expiredBefore = cutoffOf(group, call);
    group.retentionInDays = days;
    announce('UPDATE', group.name, call);
  },

  DeleteRetentionPolicy({ logGroupName }, call) {
    const group = findGroup(logGroupName, call);
    group.expiredBefore = cutoffOf(group, call);
    delete group.retentionInDays;
    announce('UPDATE', group.name, call);
  },
} satisfies LogsHandlers;

import type { OrganizationsCall } from './state';

/** Tells the feed that an account joined, changed or left. */
export const announceAccount = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  id: string,
  call: OrganizationsCall,
): void => call.announce({ kind, type: 'AWS::Organizations::Account', id });

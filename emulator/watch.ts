import type { Change } from './changes/change';

interface Moment {
  at: Date;
  accountId: string;
  region: string;
}

/** An API call that was answered, refused ones too. */
interface CallHappened extends Moment {
  kind: 'call';
  requestId: string;
  /** Folder name of the service. */
  service: string;
  operation: string;
  isRead: boolean;
  /** One service asked another. */
  isInside: boolean;
  /** ARN of who called; a service's own name. */
  principal: string;
  errorCode?: string;
  errorMessage?: string;
}

/** A resource that changed. */
interface ChangeHappened extends Moment {
  kind: 'change';
  change: Change;
}

/** What happens in an emulator, for those who look on: the log of a terminal, `/_lab/events`. */
export type Happening = CallHappened | ChangeHappened;

export type Watcher = (happening: Happening) => void;

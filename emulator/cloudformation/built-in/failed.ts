/** A creation that failed and has left something behind that the rollback has to delete. */
export class FailedWithId extends Error {
  readonly physicalId: string;

  constructor(message: string, physicalId: string) {
    super(message);
    this.physicalId = physicalId;
  }
}

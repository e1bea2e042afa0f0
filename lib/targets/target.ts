/** Where a lab lives. */
export type TargetName = 'emulator' | 'localstack' | 'aws';

export const targetNames: readonly TargetName[] = ['emulator', 'localstack', 'aws'];

/** What an SDK client of a target is built from; on AWS the profile stands for the credentials. */
export interface Connection {
  endpoint?: string;
  region: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  profile?: string;
}

/** Time as the target knows it: simulated on the emulator, wall time elsewhere. */
export interface TargetClock {
  now(): Date;
  /**
   * Lets up to this much time pass and answers true. On the emulator it jumps to the next due
   * timer; when none is due within the window it answers false at once and no time has passed,
   * so another look would see the same.
   */
  wait(milliseconds: number): Promise<boolean>;
  /** Lets exactly this much time pass; the emulator is moved on and does all that becomes due. */
  pass(milliseconds: number): Promise<void>;
}

/** One account in one Region, with everything that a child process or a client needs to reach it. */
export interface Target {
  readonly name: TargetName;
  readonly accountId: string;
  readonly connection: Connection;
  /** Variables that lead the CDK, the SDKs and the AWS CLI of a child process there. */
  readonly environment: Record<string, string>;
  readonly clock: TargetClock;
}

import type { Lambda } from '@aws-sdk/client-lambda';
import type { ProviderContext } from '../../../cloudformation/provider';

export const lambdaOf = (context: Pick<ProviderContext, 'client'>): Lambda =>
  context.client<Lambda>('lambda');

/** What is gone already was deleted well. */
export const gone = ['ResourceNotFoundException'];

/** `undefined` when it is gone. */
export async function orGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && gone.includes(error.name)) return undefined;
    throw error;
  }
}

/** The object without the members that are not set. */
export const given = <T extends object>(members: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;

import type { ResourceProvider } from '../provider';

/** A resource that stands for nothing outside its stack. */
export const placeholder: ResourceProvider = {
  create: async (_properties, context) => ({
    physicalId: `${context.stackName}-${context.logicalId}-${context.random.upper(12)}`,
  }),
  update: async (physicalId) => ({ physicalId }),
  delete: async () => undefined,
};

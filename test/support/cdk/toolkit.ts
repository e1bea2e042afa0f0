import { StackSelectionStrategy, Toolkit } from '@aws-cdk/toolkit-lib';

// A program of its own, because toolkit-lib reads its endpoint from the environment: takes one
// request after the other, and stays warm between them as a deployer does.

/** One action on a synthesised app. */
export interface ToolkitRequest {
  action: keyof typeof actions;
  app: string;
  method?: 'direct' | 'change-set';
  rollback?: boolean;
}

/** What came of it; an error's message when it was refused. */
export type ToolkitAnswer = { result: unknown } | { error: string };

const toolkit = new Toolkit({
  color: false,
  emojis: false,
  ioHost: {
    notify: async () => undefined,
    requestResponse: async (message) => message.defaultResponse,
  },
});

const stacks = { strategy: StackSelectionStrategy.ALL_STACKS };
type Source = Awaited<ReturnType<Toolkit['fromAssemblyDirectory']>>;

const actions = {
  async deploy(source: Source, { method = 'change-set', rollback = true }: ToolkitRequest) {
    const result = await toolkit.deploy(source, {
      stacks,
      deploymentMethod: { method },
      rollback,
      stackEventPollingInterval: 250,
    });
    return result.stacks.map(({ stackName, outputs }) => ({ stackName, outputs }));
  },

  /** Logical id → the resource's type and what happens to it, of each stack. */
  async diff(source: Source) {
    const found = await toolkit.diff(source, { stacks });
    return Object.fromEntries(
      Object.entries(found).map(([stack, { resources }]) => [
        stack,
        Object.fromEntries(
          resources.logicalIds.map((id) => {
            const { resourceType, changeImpact } = resources.get(id);
            return [id, `${resourceType} ${changeImpact}`];
          }),
        ),
      ]),
    );
  },

  drift: (source: Source) => toolkit.drift(source, { stacks }),

  async rollback(source: Source) {
    const result = await toolkit.rollback(source, { stacks });
    return result.stacks.map(({ stackName, result: outcome }) => ({ stackName, outcome }));
  },

  async destroy(source: Source) {
    const result = await toolkit.destroy(source, { stacks });
    return result.stacks.map(({ stackName }) => stackName);
  },
};

async function answer(request: ToolkitRequest): Promise<ToolkitAnswer> {
  try {
    const source = await toolkit.fromAssemblyDirectory(request.app);
    return { result: await actions[request.action](source, request) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (request: ToolkitRequest) => {
  void answer(request).then((said) => process.send?.(said));
});
process.on('disconnect', () => process.exit());

import { rmSync } from 'node:fs';
import { StackParameters, StackSelectionStrategy, Toolkit } from '@aws-cdk/toolkit-lib';
import { App, AssetStaging } from 'aws-cdk-lib';
import { labFile } from '../home';
import { addLabs } from './app';
import { failureOf } from './failure';
import type { DeployRequest, Job, SynthRequest } from './messages';
import { progressOf } from './progress';
import { DeployerProcess, forgetJobs, type Tell } from './serve';

// Who is told: one job is done at a time.
let tell: Tell = () => undefined;

// The CDK leaves out old events by the wall clock, which an emulator's may be ahead of.
let since = 0;

const toolkit = new Toolkit({
  color: false,
  emojis: false,
  ioHost: {
    async notify(message) {
      const progress = progressOf(message.data, since);
      if (progress) tell({ type: 'progress', progress });
    },
    requestResponse: async (message) => message.defaultResponse,
  },
});

async function deploy({ lab, answer, stacks, parameters }: DeployRequest): Promise<void> {
  forgetWork();
  const outdir = labFile('cdk.out', `${lab}-${process.pid}`);
  const source = await toolkit.fromAssemblyBuilder(
    async (given) => {
      const app = new App({ outdir, context: { ...given.context, lab, answer } });
      addLabs(app);
      return app.synth();
    },
    { outdir, disposeOutdir: true, resolveDefaultEnvironment: false },
  );
  try {
    const result = await toolkit.deploy(source, {
      stacks: { strategy: StackSelectionStrategy.PATTERN_MUST_MATCH, patterns: stacks },
      deploymentMethod: { method: 'direct' },
      parameters: StackParameters.withExisting(parameters),
      stackEventPollingInterval: 250,
    });
    const outputs = Object.assign({}, ...result.stacks.map((stack) => stack.outputs));
    tell({ type: 'deployed', outputs });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function synthesise({ lab, answer, template }: SynthRequest): void {
  forgetWork();
  const outdir = labFile('cdk.out', `${lab}-${process.pid}-synth`);
  try {
    const app = new App({ outdir, context: { lab, answer } });
    addLabs(app);
    tell({ type: 'synthesised', template: app.synth().getStackByName(template).template });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** A warm deployer reads the learner's files and assets again, and keeps the CDK. */
function forgetWork(): void {
  forgetJobs();
  AssetStaging.clearAssetHashCache();
}

async function carryOut(job: Job): Promise<void> {
  if (job.type === 'synthesise') return synthesise(job.request);
  ({ since } = job);
  await deploy(job.request);
}

// All that this process deploys goes to the target whose environment it is given.
new DeployerProcess((job, told) => {
  tell = told;
  return carryOut(job).catch((error: unknown) =>
    tell({ type: 'failed', failure: failureOf(error) }),
  );
}, process.argv.includes('wait')).listen();

import type { Target } from '../targets/target';

/**
 * Variables of a child process that works on a target. Away from AWS the learner's own AWS_*
 * variables and files are left out, so that nothing leads a deployment somewhere else.
 */
export function childEnvironment(target: Target): NodeJS.ProcessEnv {
  const own =
    target.name === 'aws'
      ? process.env
      : {
          ...Object.fromEntries(
            Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')),
          ),
          AWS_CONFIG_FILE: '/dev/null',
          AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
          AWS_EC2_METADATA_DISABLED: 'true',
          NO_PROXY: '127.0.0.1,localhost',
          no_proxy: '127.0.0.1,localhost',
        };
  return {
    ...own,
    ...target.environment,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // The full validation of templates takes a second; CI does it, a learner's own deploy need not.
    CDK_VALIDATION: 'false',
    CDK_DISABLE_VERSION_CHECK: '1',
  };
}

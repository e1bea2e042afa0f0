import type { Mutant } from '../../../checker/mutant';
import type SolutionStack from '../solution/stack';
import { replace } from './replace';

const testing =
  'node --test --test-reporter=junit --test-reporter-destination=unit-tests.xml test/*.test.js';

/** Near misses in what the build runs and in the code of the hook. */
export const codeMutants: Mutant<SolutionStack>[] = [
  {
    name: 'the hook never reports',
    breaks: 'goodReleaseGoesOut',
    says: 'HOOK_EXECUTION_FAILURE',
    files: replace('hook/index.js', 'await codedeploy.put', 'if (status === 0) codedeploy.put'),
  },
  {
    name: 'the hook answers and nobody reads the FunctionError: a dead version passes',
    breaks: 'deadReleaseServesNobody',
    says: 'reported Succeeded',
    files: replace(
      'hook/index.js',
      'return FunctionError === undefined && JSON.parse(Buffer.from(Payload)).total === 8;',
      'return Payload !== undefined;',
    ),
  },
  {
    name: 'tests in post_build: BUILD has succeeded by then',
    breaks: 'redTestStopsTheBuild',
    says: 'POST_BUILD failed',
    files: replace(
      'buildspec.yml',
      `      - ${testing}\n      - node package-template.js\n`,
      `      - node package-template.js\n  post_build:\n    commands:\n      - ${testing}\n`,
    ),
  },
  {
    name: 'a red test is waved through: || true',
    breaks: 'redTestStopsTheBuild',
    says: 'no phase failed',
    files: replace('buildspec.yml', testing, `${testing} || true`),
  },
  {
    name: 'tests without a report',
    breaks: 'buildReportsItsTests',
    says: 'reported 0 test cases',
    files: replace(
      'buildspec.yml',
      'reports:\n  unit-tests:\n    files: [unit-tests.xml]\n    file-format: JUNITXML\n',
      '',
    ),
  },
  {
    name: 'the version has a constant logical id: nothing new is published',
    breaks: 'goodReleaseGoesOut',
    says: 'no deployment moved live',
    files: replace('buildspec.yml', 'node package-template.js', 'cp template.yaml packaged.yaml'),
  },
];

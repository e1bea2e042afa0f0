import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { isPython } from '../runtimes';

/** Always the same, so that the same code has the same hash. */
const mtime = '2000-01-01';

/** Code that stands in a template: one file, with the module that answers CloudFormation beside it. */
export function inlinePackage(source: string, runtime: string): Uint8Array {
  const [name, module] = isPython(runtime)
    ? ['index.py', 'cfnresponse.py']
    : ['index.js', 'cfn-response.js'];
  return zipSync({
    [name]: [Buffer.from(source), { mtime }],
    [module]: [readFileSync(join(__dirname, module)), { mtime }],
  });
}

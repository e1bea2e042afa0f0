const { createHash } = require('node:crypto');
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * CloudFormation publishes a version when the logical id of AWS::Lambda::Version is new, and only
 * then: a hash of app/ in it makes each change of the code a version. (SAM's AutoPublishAlias does
 * this for you.)
 */
const hash = createHash('sha256');
for (const name of readdirSync('app', { recursive: true }).map(String).sort()) {
  if (name.endsWith('.js')) hash.update(name).update(readFileSync(join('app', name)));
}
const id = `OrdersVersion${hash.digest('hex').slice(0, 12)}`;
const template = readFileSync('template.yaml', 'utf8').replaceAll(/\bOrdersVersion\b/g, id);
writeFileSync('packaged.yaml', template);

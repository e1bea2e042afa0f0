import type { CORSRule, LifecycleRule, Tag, WebsiteConfiguration } from '@aws-sdk/client-s3';
import { errors, invalidArgument, invalidRequest } from './errors';

const corsMethods = ['DELETE', 'GET', 'HEAD', 'POST', 'PUT'];

/** Rules for browsers of other origins, once S3 has nothing against them. */
export function checkedCors(rules: CORSRule[]): CORSRule[] {
  if (rules.length === 0) throw errors.MalformedXML();
  const methods = rules.flatMap(({ AllowedMethods: allowed = [] }) => allowed);
  const unknown = methods.find((method) => !corsMethods.includes(method));
  if (unknown !== undefined)
    throw invalidRequest(
      `Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`,
    );
  return rules;
}

/** A website, once S3 has nothing against it. */
export function checkedWebsite(website: WebsiteConfiguration): WebsiteConfiguration {
  const { IndexDocument: index, RedirectAllRequestsTo: redirect } = website;
  if (redirect) checkRedirect(website);
  else if (!index)
    throw invalidArgument(
      'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
      'IndexDocument',
      'null',
    );
  else checkSuffix(index.Suffix);
  return website;
}

function checkRedirect({ IndexDocument, ErrorDocument, RoutingRules }: WebsiteConfiguration): void {
  if (IndexDocument ?? ErrorDocument ?? RoutingRules)
    throw invalidArgument(
      'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
      'RedirectAllRequestsTo',
      'not null',
    );
}

function checkSuffix(suffix = ''): void {
  if (suffix === '' || suffix.includes('/'))
    throw invalidArgument('The IndexDocument Suffix is not well formed', 'IndexDocument', suffix);
}

const day = 86_400_000;

/** Lifecycle rules, once S3 has nothing against them. */
export function checkedLifecycle(rules: LifecycleRule[]): LifecycleRule[] {
  for (const rule of rules) checkRule(rule);
  return rules;
}

function checkRule(rule: LifecycleRule): void {
  const { Filter, Expiration = {}, Transitions = [] } = rule;
  if (!isWellFormed(rule)) throw errors.MalformedXML();
  checkTagKeys(Filter?.And?.Tags);
  for (const { Date: date } of [Expiration, ...Transitions]) checkDate(date);
}

/** Every rule says what it is about, and takes markers or objects by age. */
function isWellFormed({ Status, Filter, Prefix, Expiration: end }: LifecycleRule): boolean {
  const isOfBothKinds = end?.ExpiredObjectDeleteMarker === true && end.Days !== undefined;
  return Status !== undefined && (Filter ?? Prefix) !== undefined && !isOfBothKinds;
}

function checkTagKeys(tags: Tag[] = []): void {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length)
    throw invalidRequest('Duplicate Tag Keys are not allowed.');
}

function checkDate(date: Date | undefined): void {
  if (date && date.getTime() % day !== 0)
    throw invalidArgument("'Date' must be at midnight GMT", 'Date', date.toISOString());
}

import type { S3 } from '@aws-sdk/client-s3';
import {
  type GenericRevisionInfo,
  InvalidRevisionException,
  RevisionDoesNotExistException,
  type RevisionLocation,
  RevisionRequiredException,
} from '@aws-sdk/client-codedeploy';
import { isDeepStrictEqual } from 'node:util';
import { paginate } from '../../paginate';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { findApplication } from './find';
import { invalidToken } from './pages';
import type { Application, CodeDeployCall, CodeDeployHandlers, Revision } from './state';

export const revisions = {
  RegisterApplicationRevision({ applicationName, revision, description }, call) {
    const application = findApplication(applicationName, call);
    register(application, { revision: given(revision), description }, call);
  },

  GetApplicationRevision({ applicationName, revision }, call) {
    const application = findApplication(applicationName, call);
    const found = findRevision(application, given(revision));
    return {
      applicationName: application.name,
      revision: found.location,
      revisionInfo: show(found),
    };
  },

  BatchGetApplicationRevisions({ applicationName, revisions: asked = [] }, call) {
    const application = findApplication(applicationName, call);
    return {
      applicationName: application.name,
      revisions: asked.map((revision) => {
        const found = findRevision(application, revision);
        return { revisionLocation: found.location, genericRevisionInfo: show(found) };
      }),
    };
  },

  ListApplicationRevisions({ applicationName, nextToken }, call) {
    const locations = findApplication(applicationName, call).revisions.map(
      ({ location }) => location,
    );
    const { page, next } = paginate(locations, nextToken, invalidToken(100));
    return { revisions: page, ...(next === undefined ? {} : { nextToken: next }) };
  },
} satisfies CodeDeployHandlers;

export function given(revision: RevisionLocation | undefined): RevisionLocation {
  // text unverified
  if (!revision) throw refuse(RevisionRequiredException, 'Revision is required');
  return revision;
}

/** Keeps what an application has been given, once each. */
export function register(
  application: Application,
  { revision, description }: { revision: RevisionLocation; description?: string | undefined },
  call: CodeDeployCall,
): Revision {
  const known = application.revisions.find(({ location }) => isDeepStrictEqual(location, revision));
  if (known) return known;
  const made = { location: revision, description, registeredAt: call.now() };
  application.revisions.push(made);
  return made;
}

function findRevision(application: Application, revision: RevisionLocation): Revision {
  const found = application.revisions.find(({ location }) => isDeepStrictEqual(location, revision));
  if (!found)
    // text unverified
    throw refuse(RevisionDoesNotExistException, 'The revision does not exist');
  return found;
}

const show = ({
  description,
  registeredAt,
  firstUsedAt,
  lastUsedAt,
}: Revision): GenericRevisionInfo => ({
  ...(description === undefined ? {} : { description }),
  registerTime: registeredAt,
  ...(firstUsedAt === undefined ? {} : { firstUsedTime: firstUsedAt }),
  ...(lastUsedAt === undefined ? {} : { lastUsedTime: lastUsedAt }),
});

/** The AppSpec's text, from where the revision says it lies; an object is read as the caller. */
export async function contentOf(revision: RevisionLocation, call: CodeDeployCall): Promise<string> {
  switch (revision.revisionType) {
    case 'AppSpecContent':
      return known(revision.appSpecContent?.content);
    case 'String':
      return known(revision.string?.content);
    case 'S3':
      return objectAt(revision, call);
    default:
      throw awsError(
        'InvalidRevisionException',
        `A revision of type ${revision.revisionType ?? 'none'} is not emulated`,
      );
  }
}

// Texts unverified.
const invalid = (message: string) => refuse(InvalidRevisionException, message);

function known(content: string | undefined): string {
  if (!content) throw invalid('The revision has no content');
  return content;
}

async function objectAt({ s3Location }: RevisionLocation, call: CodeDeployCall): Promise<string> {
  const { bucket: Bucket, key: Key, version, bundleType } = s3Location ?? {};
  if (!Bucket || !Key) throw invalid('An S3 revision needs a bucket and a key');
  if (bundleType !== 'YAML' && bundleType !== 'JSON')
    throw invalid('A revision for the Lambda compute platform must be YAML or JSON');
  const { Body } = await call.client<S3>('s3').getObject({ Bucket, Key, VersionId: version });
  return Body ? Body.transformToString() : '';
}

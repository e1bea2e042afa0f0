import {
  ApplicationAlreadyExistsException,
  type ApplicationInfo,
  InvalidApplicationNameException,
} from '@aws-sdk/client-codedeploy';
import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { applicationNameRequired, findApplication } from './find';
import { invalidToken } from './pages';
import { checkPlatform } from './platforms';
import type { Application, CodeDeployCall, CodeDeployHandlers } from './state';

export const applications = {
  CreateApplication({ applicationName: name, computePlatform = 'Server', tags }, call) {
    checkName(name);
    checkPlatform(computePlatform);
    if (call.state.applications.has(name)) throw alreadyExists(name);
    const application: Application = {
      name,
      id: call.random.uuid(),
      platform: computePlatform,
      createdAt: call.now(),
      tags: tagRecord(tags),
      groups: new Map(),
      revisions: [],
    };
    call.state.applications.set(name, application);
    announce('CREATE', name, call);
    return { applicationId: application.id };
  },

  UpdateApplication({ applicationName, newApplicationName: name }, call) {
    const application = findApplication(applicationName, call);
    if (name === undefined || name === application.name) return;
    checkName(name);
    if (call.state.applications.has(name)) throw alreadyExists(name);
    call.state.applications.delete(application.name);
    announce('DELETE', application.name, call);
    application.name = name;
    for (const { info } of application.groups.values()) info.applicationName = name;
    call.state.applications.set(name, application);
    announce('CREATE', name, call);
  },

  /** What is gone already is a success, as on AWS. */
  DeleteApplication({ applicationName: name }, call) {
    if (!name) throw applicationNameRequired();
    if (call.state.applications.delete(name)) announce('DELETE', name, call);
  },

  GetApplication({ applicationName }, call) {
    return { application: show(findApplication(applicationName, call)) };
  },

  BatchGetApplications({ applicationNames = [] }, call) {
    return { applicationsInfo: applicationNames.map((name) => show(findApplication(name, call))) };
  },

  ListApplications({ nextToken }, { state }) {
    const { page, next } = paginate([...state.applications.keys()], nextToken, invalidToken(100));
    return { applications: page, ...(next === undefined ? {} : { nextToken: next }) };
  },
} satisfies CodeDeployHandlers;

/** Text unverified. */
const alreadyExists = (name: string): Error =>
  refuse(ApplicationAlreadyExistsException, `Application already exists: ${name}`);

const announce = (kind: 'CREATE' | 'DELETE', name: string, call: CodeDeployCall): void =>
  call.announce({ kind, type: 'AWS::CodeDeploy::Application', id: name });

function checkName(name: string | undefined): asserts name is string {
  if (!name) throw applicationNameRequired();
  // https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html
  if (name.length > 100 || !/^[A-Za-z0-9._+=,@-]+$/.test(name))
    throw refuse(InvalidApplicationNameException, `Invalid application name ${name}`); // text unverified
}

const show = (application: Application): ApplicationInfo => ({
  applicationId: application.id,
  applicationName: application.name,
  createTime: application.createdAt,
  linkedToGitHub: false,
  computePlatform: application.platform,
});

import { awsError } from '../../errors';
import { ignoring, required, tagsFor, text, texts } from '../../cloudformation/properties';
import type { Properties, ProviderContext, ResourceProvider } from '../../cloudformation/provider';
import { organizationsOf, retag } from './resource-tags';

/** Asks for an account and waits until it is there. */
async function created(properties: Properties, context: ProviderContext): Promise<string> {
  const { CreateAccountStatus: asked } = await organizationsOf(context).createAccount({
    AccountName: required(properties, 'AccountName'),
    Email: required(properties, 'Email'),
    RoleName: text(properties, 'RoleName'),
    Tags: tagsFor(properties, context),
  });
  let status = asked;
  while (status?.State === 'IN_PROGRESS') status = await statusOf(status.Id, context);
  if (status?.State === 'FAILED')
    throw awsError('AlreadyExists', `Account creation failed: ${status.FailureReason}`); // text unverified
  return status?.AccountId ?? '';
}

const statusOf = async (id: string | undefined, context: ProviderContext) => {
  const found = await organizationsOf(context).describeCreateAccountStatus({
    CreateAccountRequestId: id,
  });
  return found.CreateAccountStatus;
};

/** Moves an account below the one parent that the template names. */
async function place(id: string, properties: Properties, context: ProviderContext): Promise<void> {
  const organizations = organizationsOf(context);
  const [wanted] = texts(properties, 'ParentIds') ?? [];
  const { Parents: [parent] = [] } = await organizations.listParents({ ChildId: id });
  if (wanted === undefined || parent?.Id === wanted) return;
  await organizations.moveAccount({
    AccountId: id,
    SourceParentId: parent?.Id,
    DestinationParentId: wanted,
  });
}

async function shown(id: string, context: ProviderContext) {
  const { Account: found } = await organizationsOf(context).describeAccount({ AccountId: id });
  return {
    physicalId: id,
    attributes: {
      AccountId: id,
      Arn: found?.Arn,
      JoinedMethod: found?.JoinedMethod,
      JoinedTimestamp: found?.JoinedTimestamp?.toISOString(),
      State: found?.State,
      Status: found?.Status,
    },
  };
}

/** A member account; deleting it closes it. */
export const account: ResourceProvider = {
  properties: ['AccountName', 'Email', 'ParentIds', 'RoleName', 'Tags'],
  writeOnly: ['RoleName'],

  async create(properties, context) {
    const id = await created(properties, context);
    await place(id, properties, context);
    return shown(id, context);
  },

  async update(id, { properties, previous }, context) {
    const changed = ['AccountName', 'Email', 'RoleName'].find(
      (name) => properties[name] !== previous[name],
    );
    if (changed !== undefined)
      throw awsError('NotUpdatable', `${changed} of an account cannot be updated.`); // text unverified
    await place(id, properties, context);
    await retag(id, properties, context);
    return shown(id, context);
  },

  delete: (id, _properties, context) =>
    ignoring(
      [
        'AccountNotFoundException',
        'AccountAlreadyClosedException',
        'AWSOrganizationsNotInUseException',
      ],
      organizationsOf(context).closeAccount({ AccountId: id }),
    ),
};

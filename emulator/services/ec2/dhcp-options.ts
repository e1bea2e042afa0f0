import { select, type Filters } from './filters';
import type { DhcpOptions, Ec2Handlers } from './state';
import { tagList } from './tagging';

const configuration = ({ domainName }: DhcpOptions) => [
  { Key: 'domain-name', Values: [{ Value: domainName }] },
  { Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] },
];

const filters: Filters<DhcpOptions> = {
  'dhcp-options-id': ({ id }) => [id],
  key: (options) => configuration(options).map(({ Key }) => Key),
  value: (options) =>
    configuration(options).flatMap(({ Values }) => Values.map(({ Value }) => Value)),
  'owner-id': (_options, call) => [call.accountId],
};

export const dhcpOptions = {
  DescribeDhcpOptions({ DhcpOptionsIds, Filters: wanted, NextToken, MaxResults }, call) {
    const query = { ids: DhcpOptionsIds, filters: wanted, token: NextToken, max: MaxResults };
    const { page, next } = select(call, 'dhcp-options', { ...query, table: filters });
    return {
      DhcpOptions: page.map((options) => ({
        DhcpOptionsId: options.id,
        DhcpConfigurations: configuration(options),
        OwnerId: call.accountId,
        Tags: tagList(call, options.id),
      })),
      NextToken: next,
    };
  },
} satisfies Ec2Handlers;

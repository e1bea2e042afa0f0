import type { AvailabilityZone, Region } from '@aws-sdk/client-ec2';
import { awsError } from '../../errors';
import { filtered, type Filters } from './filters';
import type { Ec2Call, Ec2Handlers } from './state';
import { table } from '../../table';

const regionNames = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

const zoneLetters = ['a', 'b', 'c'];

const directions = /^(north|south|central|east|west)(east|west)?/;

/** `us-east-1` → `use1`, `ap-southeast-2` → `apse2`: how zone ids abbreviate a Region. */
function abbreviate(region: string): string {
  const [area, direction = '', number] = region.split('-');
  const [, ...words] = directions.exec(direction) ?? [];
  return `${area}${words.map((word) => word?.[0] ?? '').join('')}${number}`;
}

/** The names of the Region's three Availability Zones. */
export const zonesOf = (region: string) => zoneLetters.map((letter) => `${region}${letter}`);

/** `us-east-1b` → `use1-az2`. AWS shuffles the letters per account; here they are in order. */
export const zoneIdOf = (region: string, zone: string) =>
  `${abbreviate(region)}-az${zoneLetters.indexOf(zone.at(-1) ?? '') + 1}`;

const describeZone = (region: string, zone: string): AvailabilityZone => ({
  ZoneName: zone,
  ZoneId: zoneIdOf(region, zone),
  RegionName: region,
  State: 'available',
  OptInStatus: 'opt-in-not-required',
  ZoneType: 'availability-zone',
  GroupName: `${region}-zg-1`,
  NetworkBorderGroup: region,
  Messages: [],
});

const describeRegion = (region: string): Region => ({
  RegionName: region,
  Endpoint: `ec2.${region}.amazonaws.com`,
  OptInStatus: 'opt-in-not-required',
});

const zoneFilters: Filters<AvailabilityZone & { id: string }> = {
  'group-name': ({ GroupName }) => [GroupName],
  'opt-in-status': ({ OptInStatus }) => [OptInStatus],
  'region-name': ({ RegionName }) => [RegionName],
  state: ({ State }) => [State],
  'zone-id': ({ ZoneId }) => [ZoneId],
  'zone-name': ({ ZoneName }) => [ZoneName],
  'zone-type': ({ ZoneType }) => [ZoneType],
};

const regionFilters: Filters<Region & { id: string }> = {
  endpoint: ({ Endpoint }) => [Endpoint],
  'opt-in-status': ({ OptInStatus }) => [OptInStatus],
  'region-name': ({ RegionName }) => [RegionName],
};

const attributes: Record<string, (call: Ec2Call) => string[]> = table({
  'supported-platforms': () => ['VPC'],
  'default-vpc': ({ state }) => [
    [...state.vpc.values()].find(({ isDefault }) => isDefault)?.id ?? 'none',
  ],
  'vpc-max-security-groups-per-interface': () => ['5'],
  'max-instances': () => ['20'],
  'vpc-max-elastic-ips': () => ['5'],
  'max-elastic-ips': () => ['5'],
});

const withIds = <T>(items: T[]) => items.map((item) => ({ ...item, id: '' }));

function wanted(names: string[] | undefined, known: string[], unknown: (name: string) => Error) {
  const stranger = names?.find((name) => !known.includes(name));
  if (stranger !== undefined) throw unknown(stranger);
  return names?.length ? names : known;
}

const invalidZone = (zone: string) =>
  awsError('InvalidParameterValue', `Invalid availability zone: [${zone}]`);

const invalidRegion = (region: string) =>
  awsError('InvalidParameterValue', `Region not found: ${region}`);

export const regions = {
  DescribeAvailabilityZones({ ZoneNames, ZoneIds, Filters }, call) {
    const zones = zonesOf(call.region);
    const names = wanted(ZoneNames, zones, invalidZone);
    const byId = zones.map((zone) => zoneIdOf(call.region, zone));
    const ids = wanted(ZoneIds, byId, invalidZone);
    const all = names
      .map((zone) => describeZone(call.region, zone))
      .filter(({ ZoneId = '' }) => ids.includes(ZoneId));
    const chosen = filtered(call, withIds(all), { filters: Filters, table: zoneFilters });
    return { AvailabilityZones: chosen.map(({ id: _id, ...zone }) => zone) };
  },

  DescribeRegions({ RegionNames, Filters }, call) {
    const all = wanted(RegionNames, regionNames, invalidRegion).map(describeRegion);
    const chosen = filtered(call, withIds(all), { filters: Filters, table: regionFilters });
    return { Regions: chosen.map(({ id: _id, ...region }) => region) };
  },

  DescribeAccountAttributes({ AttributeNames }, call) {
    const names = AttributeNames?.length ? AttributeNames : Object.keys(attributes);
    return {
      AccountAttributes: names.map((AttributeName) => {
        const values = attributes[AttributeName];
        if (!values) {
          throw awsError(
            'InvalidParameterValue',
            `Value (${AttributeName}) for parameter attributeName is invalid. Unknown attribute name.`, // text not verified
          );
        }
        return {
          AttributeName,
          AttributeValues: values(call).map((AttributeValue) => ({ AttributeValue })),
        };
      }),
    };
  },
} satisfies Ec2Handlers;

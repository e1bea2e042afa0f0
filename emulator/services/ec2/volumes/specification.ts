import type { VolumeType } from '@aws-sdk/client-ec2';
import { awsError } from '../../../errors';
import { invalid, missing } from '../kinds';
import type { Volume } from './volume';

interface Limits {
  /** GiB */
  size: [number, number];
  /** Absent where the type's performance is not for the caller to choose. */
  iops?: [number, number];
}

const limits: Record<VolumeType, Limits> = {
  standard: { size: [1, 1024] },
  gp2: { size: [1, 16_384] },
  gp3: { size: [1, 65_536], iops: [3000, 80_000] },
  io1: { size: [4, 16_384], iops: [100, 64_000] },
  io2: { size: [4, 65_536], iops: [100, 256_000] },
  sc1: { size: [125, 16_384] },
  st1: { size: [125, 16_384] },
};

/** What CreateVolume and block device mappings say of a volume alike. */
export interface Specification {
  size?: number | undefined;
  type?: string | undefined;
  iops?: number | undefined;
  throughput?: number | undefined;
}

const isType = (type: string): type is VolumeType => Object.hasOwn(limits, type);

const within = (value: number, [least, most]: [number, number]) => value >= least && value <= most;

function checkIops(type: VolumeType, iops: number | undefined) {
  const { iops: range } = limits[type];
  // The texts were not verified.
  if (iops !== undefined && !range)
    throw awsError(
      'InvalidParameterCombination',
      `The parameter iops is not supported for ${type} volumes.`,
    );
  if (iops === undefined && type.startsWith('io')) throw missing('iops');
  if (iops !== undefined && range && !within(iops, range))
    throw invalid(`Volume iops of ${iops} is not between ${range[0]} and ${range[1]}.`);
}

function performance(type: VolumeType, size: number, { iops, throughput }: Specification) {
  if (type === 'gp3') return { iops: iops ?? 3000, throughput: throughput ?? 125 };
  if (type === 'gp2') return { iops: Math.min(Math.max(3 * size, 100), 16_000) };
  return iops === undefined ? {} : { iops };
}

/** Size, type and performance of a new volume, within the limits of its type. */
export function checkedSpecification(
  wanted: Specification & { size: number },
): Pick<Volume, 'size' | 'type' | 'iops' | 'throughput'> {
  const { size, type = 'gp2' } = wanted;
  if (!isType(type)) throw awsError('UnknownVolumeType', `Unsupported volume type '${type}'.`); // text unverified
  const [least, most] = limits[type].size;
  if (size < least) throw invalid(`Volume of ${size}GiB is too small; minimum is ${least}GiB.`); // text unverified
  if (size > most) throw invalid(`Volume of ${size}GiB is too large; maximum is ${most}GiB.`); // text unverified
  checkIops(type, wanted.iops);
  return { size, type, ...performance(type, size, wanted) };
}

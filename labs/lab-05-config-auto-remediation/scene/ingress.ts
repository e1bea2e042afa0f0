/** Where the engineers' office really is. */
export const officeRange = '203.0.113.0/24';

export const world = '0.0.0.0/0';
export const world6 = '::/0';

const tcp = (port: number, cidrIp: string, description: string) => ({
  ipProtocol: 'tcp',
  fromPort: port,
  toPort: port,
  cidrIp,
  description,
});

/** What each of the lab's groups lets in on the first day; the last one is the flaw. */
export const sceneRules = [
  tcp(443, world, 'HTTPS for customers'),
  tcp(22, officeRange, 'SSH from the office'),
  tcp(22, world, 'SSH for five minutes'),
];

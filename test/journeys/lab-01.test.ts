import { labHome } from '../support/lab';

jest.setTimeout(300_000);

const home = labHome();
const { lab } = home;

afterAll(() => home.close());

const score = async (...options: string[]) =>
  JSON.parse((await lab('check', 'lab-01', '--json', ...options)).stdout).score.points as number;

test('lab-01 from the first day to the last: 0, solved, 100 with its drills, a release by hand, nothing left', async () => {
  expect((await lab('start', 'lab-01')).code).toBe(0);
  expect(await score()).toBe(0);

  const solved = await lab('solve', 'lab-01');
  expect(solved.stderr).toContain('release.zip is put');
  expect(solved.code).toBe(0);
  expect(await score()).toBe(100);

  const dead = await lab('release', 'lab-01', 'dead', '--fast-forward');
  expect(dead.stdout).toMatch(/Approval: InProgress[\s\S]*which takes it back: Succeeded/);
  expect(dead.stdout).toContain('The execution ended Failed in Deploy');
  expect(dead.code).toBe(0);
  expect((await lab('release', 'lab-01', 'lively')).stderr).toContain('knows no release "lively"');

  const destroyed = await lab('destroy', 'lab-01');
  expect(destroyed.stdout).toContain('Nothing left');
  expect(destroyed.code).toBe(0);
});

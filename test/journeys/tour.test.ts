import { labHome } from '../support/lab';

test('the tour ends with 0/100, 100/100 and an account as it was, and touches nothing of the learner', async () => {
  const home = labHome();
  const { code, stdout } = await home.lab('tour');
  const status = await home.lab('status');
  await home.close();

  expect(stdout).toMatch(/^before {3}0\/100$/m);
  expect(stdout).toMatch(/^after {4}100\/100$/m);
  expect(stdout).toMatch(
    /^account {2}nothing left: the \d+ resources of a fresh account, as before$/m,
  );
  expect(code).toBe(0);
  expect(status.stdout).toContain('not running');
}, 120_000);

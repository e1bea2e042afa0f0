import { killRounds } from './rounds';

test('an emulator that is killed under load loses nothing that it answered more than a second before', async () => {
  const outcome = await killRounds({ rounds: 5, seed: 'short' });

  expect(outcome).toMatchObject({ rounds: 5, broken: [], stuck: [], damaged: [] });
  expect(outcome.acknowledged).toBeGreaterThan(100);
  expect(outcome.automations).toBeGreaterThan(0);
}, 120_000);

import { findLab, findLabs } from './discover';

test.each(['lab-05', 'lab-5', '5', '05', 'lab-05-config-auto-remediation'])(
  '%s means lab-05-config-auto-remediation',
  (typed) => {
    expect(findLab(typed)).toMatchObject({ short: 'lab-05', id: 'lab-05-config-auto-remediation' });
  },
);

test('labs are found by their folders, in the order of their numbers', () => {
  const shorts = findLabs().map(({ short }) => short);

  expect(shorts).toContain('lab-05');
  expect(shorts).toEqual(shorts.toSorted());
});

test('a lab that there is not is refused by name, with the command that lists them', () => {
  expect(() => findLab('lab-99')).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('no lab is called "lab-99"'),
      fix: 'npm run lab list',
    }),
  );
});

test('another number is no slip: no other lab is suggested', () => {
  expect(() => findLab('lab-99')).toThrow(/^no lab is called "lab-99"$/);
  expect(() => findLab('lab-05-config-auto-remidiation')).toThrow(
    /did you mean lab-05-config-auto-remediation/,
  );
});

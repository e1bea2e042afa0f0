import { select } from './selector';

const document = {
  Groups: [
    {
      Id: 'a',
      Rules: [
        { Port: 22, Cidr: '0.0.0.0/0' },
        { Port: 443, Cidr: '0.0.0.0/0' },
      ],
    },
    { Id: 'b', Rules: [{ Port: 22, Cidr: '10.0.0.0/8' }] },
  ],
  'odd name': 1,
};

test.each([
  ['$.Groups[0].Id', 'a'],
  ['$.Groups[-1].Id', 'b'],
  ["$['odd name']", 1],
  ['$.Groups[*].Id', ['a', 'b']],
  ['$..Port', [22, 443, 22]],
  ['$.Groups[?(@.Id == "b")].Rules[0].Cidr', ['10.0.0.0/8']],
  ["$..Rules[?(@.Port == 22 && @.Cidr == '0.0.0.0/0')].Port", [22]],
  ["$..Rules[?(@.Port == 443 || @.Cidr == '10.0.0.0/8')].Port", [443, 22]],
  ["$..Rules[?(@.Port == 22 && (@.Cidr == '0.0.0.0/0' || @.Cidr == '::/0'))].Port", [22]],
  ["$..Rules[?(!(@.Cidr == '0.0.0.0/0'))].Port", [22]],
  ["$..Rules[?(@.Cidr == 'a || (b')].Port", []],
  ['$.Nothing.There', undefined],
  ['$.Nothing[*]', []],
])('%s selects %j', (selector, expected) => {
  expect(select(document, selector)).toEqual(expected);
});

test('A path that is not understood is refused', () => {
  expect(() => select(document, '$.Groups[(@.length-1)]')).toThrow('JSONPath not understood');
});

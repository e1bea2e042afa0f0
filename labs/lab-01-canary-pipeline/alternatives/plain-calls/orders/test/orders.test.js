const assert = require('node:assert');
const { describe, test } = require('node:test');
const { handler } = require('../app/index.js');

describe('orders', () => {
  test('two teas cost twice as much as one', async () => {
    assert.deepStrictEqual(await handler({ item: 'tea', quantity: 2 }), { item: 'tea', total: 8 });
  });

  test('what is not on the menu is refused', async () => {
    await assert.rejects(handler({ item: 'stew' }), /no stew on the menu/);
  });
});

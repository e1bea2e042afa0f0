const price = { tea: 4, cake: 6 };

/** Takes an order such as `{ "item": "tea", "quantity": 2 }` and answers what it costs. */
exports.handler = async (order) => {
  const each = price[order.item];
  if (each === undefined) throw new Error(`there is no ${order.item} on the menu`);
  return { item: order.item, total: each * (order.quantity ?? 1) };
};

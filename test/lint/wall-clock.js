/** Forbids `new Date()` without an argument: oxlint has no rule of its own for it. */
module.exports = {
  meta: { name: 'wall-clock' },
  rules: {
    'no-new-date': {
      create: (context) => ({
        NewExpression(node) {
          if (
            node.callee.type === 'Identifier' &&
            node.callee.name === 'Date' &&
            node.arguments.length === 0
          ) {
            context.report({ node, message: 'time is simulated: use call.now()' });
          }
        },
      }),
    },
  },
};

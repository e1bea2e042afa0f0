// Damaged requests of every service: `npm run test:fuzz`, or `npm run test:fuzz -- 5000 seed sqs sns`.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
require('../../lib/typescript.js');
require('./main.ts');

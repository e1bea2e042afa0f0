// Kills the emulator under load and compares: `npm run test:kill`, or `npm run test:kill -- 20 seed`.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
require('../../lib/typescript.js');
require('./main.ts');

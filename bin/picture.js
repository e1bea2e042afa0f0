// Draws the pictures of lab-01 from a real run: `npm run lab01:picture`.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
require('../lib/typescript.js');
require('./picture.ts');

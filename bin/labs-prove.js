// Proves the graders of all labs, or of those named: `npm run labs:prove lab-05`.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
require('../lib/typescript.js');
require('./labs-prove.ts');

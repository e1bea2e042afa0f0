// The emulator's own process: spawned by `lab`, never imported.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
require('../lib/typescript.js');
require('./serve.ts');

#!/usr/bin/env node
// The SDK warns about Node's version on every import; no child of ours shall show it to a learner.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
require('../lib/typescript.js');
require('./lab.ts');

// The figures of the design's budgets: `npm run bench`, or `npm run bench -- raw-http memory` for some rows.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
require('../lib/typescript.js');
require('./main.ts');

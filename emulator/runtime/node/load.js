'use strict';
// Finds the handler function as AWS's runtime for Node does.
const { existsSync, readFileSync } = require('node:fs');
const { basename, dirname, join, parse, resolve } = require('node:path');
const errors = require('./errors');
const { asOnAws } = require('./places');

/** The function that `handler` (`folder/file.export.member`) names below a folder. */
async function load(root, handler) {
  if (handler.includes('..'))
    throw new errors.MalformedHandlerName(
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  const name = basename(handler);
  const [, file, member] = /^([^.]*)\.(.*)$/.exec(name) ?? [];
  if (file === undefined) throw new errors.MalformedHandlerName('Bad handler');
  const folder = handler.slice(0, handler.length - name.length);
  const found = member
    .split('.')
    .reduce((value, key) => value && value[key], await modelOf(root, folder, file));
  if (!found) throw new errors.HandlerNotFound(`${handler} is undefined or not exported`);
  if (typeof found !== 'function') throw new errors.HandlerNotFound(`${handler} is not a function`);
  return found;
}

async function modelOf(root, folder, file) {
  try {
    return await open(root, folder, file);
  } catch (error) {
    if (error instanceof SyntaxError) throw new errors.UserCodeSyntaxError(error);
    if (error?.code !== 'MODULE_NOT_FOUND') throw error;
    throw new errors.ImportModuleError(asIfOfAws(error));
  }
}

/** The files that ask for a handler's module are ours, and are none of the learner's business. */
const asIfOfAws = ({ message }) =>
  `Error: ${asOnAws(
    message
      .replace(`- ${__filename}`, '- /var/runtime/index.mjs')
      .replace(/\n- [^\n]*[/\\]runtime[/\\]node[/\\]main\.js/, ''),
  )}`;

function open(root, folder, file) {
  const path = resolve(root, folder, file);
  const isModule = existsSync(`${path}.js`) && isModuleFolder(dirname(path));
  const candidates = [
    [path, require],
    [`${path}.js`, isModule ? importFile : require],
    [`${path}.mjs`, importFile],
    [`${path}.cjs`, require],
  ];
  const [found, read] = candidates.find(([candidate]) => existsSync(candidate)) ?? [];
  if (found) return read(found);
  return require(require.resolve(file, { paths: [root, join(root, folder)] }));
}

const importFile = (path) => import(require('node:url').pathToFileURL(path).href);

/** Whether `.js` files of a folder are ES modules by the nearest package.json. */
function isModuleFolder(folder) {
  if (basename(folder) === 'node_modules') return false;
  const file = join(folder, 'package.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).type === 'module';
  return folder !== parse(folder).root && isModuleFolder(dirname(folder));
}

module.exports = { load };

const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { basename, join, resolve } = require('node:path');

const root = resolve(__dirname, '..', '..');
// The bench names a fresh folder to see what the first start after an install takes.
const folder = process.env.DOP_LABS_CACHE || join(root, '.lab', 'cache');

/** Another compiler, Node or form of these files makes everything that is kept worthless. */
const version = `${process.version} 1`;

const paths = new Map();

/** Where the compiled form of a source is kept: one file each, so that the folder does not grow. */
function placeOf(file) {
  const known = paths.get(file);
  if (known) return known;
  const name = createHash('sha1').update(file).digest('hex').slice(0, 16);
  const place = join(folder, `${basename(file, '.ts')}-${name}`);
  paths.set(file, place);
  return place;
}

/** What a source is recognised by; editors and git change at least one of them. */
function keyOf(file) {
  const { mtimeMs, ctimeMs, size, ino } = statSync(file);
  return `// ${version} ${mtimeMs} ${ctimeMs} ${size} ${ino}`;
}

/** A source as JavaScript. */
function compiled(file) {
  const key = keyOf(file);
  const kept = readKept(`${placeOf(file)}.js`, key);
  if (kept !== undefined) return kept;
  // Loaded only where something has to be compiled.
  const compile = require('./compile.js');
  const { code, map } = compile(file);
  keep(file, key, { code, map });
  return code;
}

/** Undefined when nothing is kept, or something else; the key stands in the last line. */
function readKept(place, key) {
  try {
    const text = readFileSync(place, 'utf8');
    return text.endsWith(key) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The source map of what was compiled before; undefined when it is not kept. */
function mapOf(file) {
  try {
    return JSON.parse(readFileSync(`${placeOf(file)}.map`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A folder that cannot be written costs time at each start, and nothing else. */
function keep(file, key, { code, map }) {
  try {
    mkdirSync(folder, { recursive: true });
    write(`${placeOf(file)}.map`, map);
    write(`${placeOf(file)}.js`, `${code}\n${key}`);
  } catch {
    return;
  }
}

/** Several processes may start at once. */
function write(path, text) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, text);
  renameSync(own, path);
}

module.exports = { compiled, mapOf };

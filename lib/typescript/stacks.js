const { SourceMap } = require('node:module');

const maps = new Map();

/**
 * Shows stack traces by lines of the source. Node's own source maps are read when a file is loaded,
 * which costs every start; these are read when the first error of a file is printed. Answers how to
 * forget a file's map: it may be loaded again and be another one.
 */
function mapStacks(mapOf) {
  const lookUp = (file) => {
    if (!maps.has(file)) {
      const payload = mapOf(file);
      maps.set(file, payload && new SourceMap(payload));
    }
    return maps.get(file);
  };

  Error.prepareStackTrace = (error, sites) =>
    [headOf(error), ...sites.map((site) => `    at ${shown(site, lookUp)}`)].join('\n');
  return (file) => maps.delete(file);
}

function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

/** A call site with its place in the source, where there is a map. */
function shown(site, lookUp) {
  const text = String(site);
  const file = site.getFileName();
  const map = typeof file === 'string' && file.endsWith('.ts') ? lookUp(file) : undefined;
  if (!map) return text;
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  const { originalLine, originalColumn } = map.findEntry(line - 1, column - 1);
  if (originalLine === undefined) return text;
  return text.replace(`:${line}:${column}`, `:${originalLine + 1}:${originalColumn + 1}`);
}

module.exports = { mapStacks };

import type { ModuleTable } from '../../runtime.js';
import type { NativeCall } from '../../values.js';
import { Unknown } from '../../values.js';
import { bind, flag, textOf } from '../arguments.js';
import { strictFunctions } from '../define.js';
import { openFile } from '../files.js';
import { fromPython } from '../from-python.js';
import { globBelow, matchesName } from '../paths/glob.js';
import { pathText } from '../paths/path-text.js';
import { join } from '../paths/posix.js';
import { listed, locate } from '../paths/repository.js';
import { lenient } from '../define.js';

/** `glob.glob`: the part before the first wildcard is a folder of the repository. */
const glob: NativeCall = (rt, args, keywords, place) => {
  const bound = bind(rt, 'glob', 'pathname * root_dir? dir_fd? recursive? include_hidden?', args, keywords, place);
  const pattern = pathText(rt, bound.pathname, place);
  if (bound.root_dir !== undefined && bound.root_dir !== null) return rt.unknown('not_modelled', 'glob() with root_dir is not modelled', place);
  const fixed = pattern.slice(0, pattern.search(/[*?[]|$/)).replace(/[^/]*$/, '');
  const location = locate(rt, fixed === '' ? '.' : fixed, place);
  if (!location) return rt.unknown('external_data', `'${pattern}' lies outside the repository`, place);
  const style = { hidesDots: !flag(rt, bound.include_hidden, false, place), recursive: flag(rt, bound.recursive, false, place), starsGiveFiles: true };
  const found = globBelow(rt, location.inside, pattern.slice(fixed.length), style);
  return rt.list(listed(rt, found, 'glob()', place).map((path) => join(fixed, path)));
};

/** `glob`. */
export const globModule: ModuleTable = strictFunctions({
  glob,
  iglob: (rt, args, keywords, place) => {
    const found = glob(rt, args, keywords, place);
    const items = rt.items(found, place);
    return items instanceof Unknown ? items : rt.iterator('generator', items);
  },
  escape: (rt, [path], _keywords, place) => pathText(rt, path, place).replace(/[*?[]/g, '[$&]'),
});

const matches: NativeCall = (rt, [name, pattern], _keywords, place) => matchesName(pathText(rt, name, place), textOf(rt, pattern, place));

/** `fnmatch`. */
export const fnmatchModule: ModuleTable = strictFunctions({
  fnmatch: matches,
  fnmatchcase: matches,
  filter: (rt, [names = null, pattern], _keywords, place) => {
    const items = rt.items(names, place);
    if (items instanceof Unknown) return items;
    const hidden = items.find((item) => item instanceof Unknown);
    return hidden ?? rt.list(items.filter((name) => matchesName(textOf(rt, name, place), textOf(rt, pattern, place))));
  },
});

/** `io`. */
export const ioModule: ModuleTable = {
  ...fromPython('io', ['BytesIO', 'StringIO']),
  open: () => lenient('open', openFile),
};

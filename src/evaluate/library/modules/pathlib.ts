import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, PyClass, Value } from '../../values.js';
import { PyBytes, Unknown, notImplemented } from '../../values.js';
import { bind, hashOfText, instanceOf, stateOf, textOf } from '../arguments.js';
import { defineClass, propagating, propagatingAll } from '../define.js';
import { openPath, readBytes, readText } from '../files.js';
import { globBelow, matchesName } from '../paths/glob.js';
import type { PathState } from '../paths/path-text.js';
import { pathText } from '../paths/path-text.js';
import { join, normalize } from '../paths/posix.js';
import { listed, locate } from '../paths/repository.js';
import { pathKind } from './os-path.js';

const text = (value: Value | undefined): string => stateOf<PathState>(value, 'path')?.text ?? '';

/** The text of a path as pathlib keeps it: no `.` parts, no doubled or trailing slashes, `..` stays. */
function canonical(path: string): string {
  const lead = path.startsWith('//') && !path.startsWith('///') ? '//' : path.startsWith('/') ? '/' : '';
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return lead + parts.join('/') || '.';
}

function make(rt: Runtime, cls: PyClass, path: string): Value {
  return instanceOf(rt, cls, { kind: 'path', text: canonical(path) } satisfies PathState);
}

const sibling = (rt: Runtime, self: Value | undefined, path: string): Value => make(rt, rt.classOf(self ?? null), path);

function parts(path: string): string[] {
  const lead = path.startsWith('/') ? ['/'] : [];
  return [...lead, ...path.split('/').filter((part) => part !== '' && part !== '.')];
}

const nameOf = (path: string): string => (path === '.' || path === '/' ? '' : (path.split('/').at(-1) ?? ''));

function suffixOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 && dot < name.length - 1 ? name.slice(dot) : '';
}

function suffixesOf(name: string): string[] {
  if (name.endsWith('.')) return [];
  return name.replace(/^\.+/, '').split('.').slice(1).map((part) => `.${part}`);
}

function parentOf(path: string): string {
  if (path === '/' || path === '.') return path;
  const cut = path.lastIndexOf('/');
  return cut < 0 ? '.' : path.slice(0, cut) || '/';
}

function parentsOf(path: string): string[] {
  const parent = parentOf(path);
  return parent === path ? [] : [parent, ...parentsOf(parent)];
}

const paths = (rt: Runtime, args: readonly Value[], place: Place): string => {
  const [first, ...rest] = args.map((part) => pathText(rt, part, place));
  return first === undefined ? '.' : join(first, ...rest);
};

const glob = (prefix: string): NativeCall => (rt, [self, pattern], _keywords, place) => {
  const location = locate(rt, text(self), place);
  if (!location) return rt.unknown('external_data', `'${text(self)}' lies outside the repository`, place);
  const style = { hidesDots: false, recursive: true, starsGiveFiles: false };
  const found = globBelow(rt, location.inside, prefix + textOf(rt, pattern, place), style);
  return rt.iterator('generator', listed(rt, found, 'Path.glob()', place).map((path) => sibling(rt, self, join(text(self), path))));
};

const iterdir: NativeCall = (rt, [self], _keywords, place) => {
  const location = locate(rt, text(self), place);
  if (!location) return rt.unknown('external_data', `'${text(self)}' lies outside the repository`, place);
  const names = rt.repository.files.list(location.inside);
  if (!names) return rt.raise('FileNotFoundError', `[Errno 2] No such file or directory: '${text(self)}'`, place);
  return rt.iterator('generator', listed(rt, names, 'Path.iterdir()', place).map((name) => sibling(rt, self, join(text(self), name))));
};

const isKind = (test: (kind: 'file' | 'directory' | 'none') => boolean): NativeCall => (rt, [self], _keywords, place) => {
  const kind = pathKind(text(self), rt, place);
  return kind instanceof Unknown ? kind : test(kind);
};

const ordered = (test: (order: number) => boolean): NativeCall => (_rt, [self, other]) => {
  if (!stateOf<PathState>(other, 'path')) return notImplemented;
  const [a, b] = [parts(text(self)), parts(text(other))];
  const index = a.findIndex((part, at) => part !== b[at]);
  const order = index < 0 ? a.length - b.length : (a[index] ?? '') < (b[index] ?? '') ? -1 : b[index] === undefined ? 1 : 1;
  return test(order);
};

const absolute: NativeCall = (rt, [self], _keywords, place) => {
  if (text(self).startsWith('/')) return sibling(rt, self, normalize(text(self)));
  return rt.unknown('environment', `the working folder decides what '${text(self)}' means`, place);
};

const relativeTo: NativeCall = (rt, [self, ...args], _keywords, place) => {
  const [own, base] = [parts(text(self)), parts(canonical(paths(rt, args, place)))];
  if (base.some((part, index) => own[index] !== part)) {
    return rt.raise('ValueError', `'${text(self)}' is not in the subpath of the given path`, place);
  }
  return sibling(rt, self, own.slice(base.length).join('/') || '.');
};

const withName = (rt: Runtime, self: Value | undefined, name: string, place: Place): Value => {
  if (nameOf(text(self)) === '') return rt.raise('ValueError', `PosixPath('${text(self)}') has an empty name`, place);
  if (name === '' || name.includes('/') || name === '.') return rt.raise('ValueError', `Invalid name '${name}'`, place);
  return sibling(rt, self, join(parentOf(text(self)), name));
};

const withSuffix: NativeCall = (rt, [self, suffix], _keywords, place) => {
  const wanted = textOf(rt, suffix, place);
  if (wanted !== '' && (!wanted.startsWith('.') || wanted === '.')) return rt.raise('ValueError', `Invalid suffix '${wanted}'`, place);
  const name = nameOf(text(self));
  return withName(rt, self, name.slice(0, name.length - suffixOf(name).length) + wanted, place);
};

const pure = {
  __init__: () => null,
  __truediv__: (rt, [self, other], _keywords, place) => sibling(rt, self, join(text(self), pathText(rt, other, place))),
  __rtruediv__: (rt, [self, other], _keywords, place) => sibling(rt, self, join(pathText(rt, other, place), text(self))),
  __str__: (_rt, [self]) => text(self),
  __fspath__: (_rt, [self]) => text(self),
  __repr__: (rt, [self], _keywords, place) => {
    const inner = rt.repr(text(self), place);
    const name = rt.classOf(self ?? null).name;
    return typeof inner === 'string' ? `${{ Path: 'PosixPath', PurePath: 'PurePosixPath' }[name] ?? name}(${inner})` : inner;
  },
  __hash__: (_rt, [self]) => hashOfText(`path:${text(self)}`),
  __eq__: (_rt, [self, other]) => (stateOf<PathState>(other, 'path') ? text(self) === text(other) : notImplemented),
  __lt__: ordered((order) => order < 0),
  __le__: ordered((order) => order <= 0),
  __gt__: ordered((order) => order > 0),
  __ge__: ordered((order) => order >= 0),
  as_posix: (_rt, [self]) => text(self),
  as_uri: (_rt, [self]) => `file://${encodeURI(text(self))}`,
  is_absolute: (_rt, [self]) => text(self).startsWith('/'),
  is_relative_to: (rt, [self, ...args], _keywords, place) => {
    const own = parts(text(self));
    return parts(canonical(paths(rt, args, place))).every((part, index) => own[index] === part);
  },
  joinpath: (rt, [self, ...args], _keywords, place) => sibling(rt, self, join(text(self), ...args.map((part) => pathText(rt, part, place)))),
  with_suffix: withSuffix,
  with_name: (rt, [self, name], _keywords, place) => withName(rt, self, textOf(rt, name, place), place),
  with_stem: (rt, [self, stem], _keywords, place) => withName(rt, self, textOf(rt, stem, place) + suffixOf(nameOf(text(self))), place),
  relative_to: relativeTo,
  match: (rt, [self, pattern], _keywords, place) => {
    const wanted = textOf(rt, pattern, place);
    if (wanted.includes('**')) return rt.unknown('not_modelled', 'Path.match() with ** is not modelled', place);
    const [own, tests] = [parts(text(self)), parts(wanted)];
    if (tests.length > own.length || (wanted.startsWith('/') && tests.length !== own.length)) return false;
    return tests.every((test, index) => matchesName(own[own.length - tests.length + index] ?? '', test));
  },
} satisfies Record<string, NativeCall>;

const concrete = {
  exists: isKind((kind) => kind !== 'none'),
  is_file: isKind((kind) => kind === 'file'),
  is_dir: isKind((kind) => kind === 'directory'),
  glob: glob(''),
  rglob: glob('**/'),
  iterdir,
  resolve: absolute,
  absolute,
  expanduser: (rt, [self], _keywords, place) =>
    text(self).startsWith('~') ? rt.unknown('environment', "the user's home is not known", place) : (self ?? null),
  read_text: (rt, [self, ...args], keywords, place) => {
    const { encoding } = bind(rt, 'read_text', 'encoding? errors?', args, keywords, place);
    return readText(rt, text(self), encoding === undefined || encoding === null ? 'utf-8' : textOf(rt, encoding, place), place);
  },
  read_bytes: (rt, [self], _keywords, place) => {
    const bytes = readBytes(rt, text(self), place);
    return bytes instanceof Unknown ? bytes : new PyBytes(bytes);
  },
  open: (rt, [self, ...args], keywords, place) => {
    const bound = bind(rt, 'open', 'mode? buffering? encoding? errors? newline?', args, keywords, place);
    const encoding = bound.encoding === undefined || bound.encoding === null ? 'utf-8' : textOf(rt, bound.encoding, place);
    return openPath(rt, text(self), bound.mode === undefined ? 'r' : textOf(rt, bound.mode, place), encoding, place);
  },
  mkdir: () => null,
  write_text: (_rt, [, content]) => (typeof content === 'string' ? BigInt(content.length) : null),
  write_bytes: () => null,
  touch: () => null,
  unlink: () => null,
  rmdir: () => null,
  stat: (rt, _args, _keywords, place) => rt.unknown('external_data', 'Path.stat() depends on the machine', place),
  samefile: (rt, [self, other], _keywords, place) => normalize(text(self)) === normalize(pathText(rt, other, place)),
} satisfies Record<string, NativeCall>;

const construct: PyClass['construct'] = (rt, cls, args, _keywords, place) =>
  propagating(() => make(rt, cls, paths(rt, args, place)))(rt, args, new Map(), place);

/** `pathlib.PurePath` of the run. */
export const purePathClass = defineClass({
  name: 'PurePath',
  module: 'pathlib',
  construct,
  methods: propagatingAll(pure),
  properties: {
    name: (_rt, self) => nameOf(text(self)),
    stem: (_rt, self) => nameOf(text(self)).slice(0, nameOf(text(self)).length - suffixOf(nameOf(text(self))).length),
    suffix: (_rt, self) => suffixOf(nameOf(text(self))),
    suffixes: (rt, self) => rt.list(suffixesOf(nameOf(text(self)))),
    parent: (rt, self) => sibling(rt, self, parentOf(text(self))),
    parents: (rt, self) => rt.tuple(parentsOf(text(self)).map((path) => sibling(rt, self, path))),
    parts: (rt, self) => rt.tuple(parts(text(self))),
    root: (_rt, self) => (text(self).startsWith('/') ? '/' : ''),
    anchor: (_rt, self) => (text(self).startsWith('/') ? '/' : ''),
    drive: () => '',
  },
});

const machineFolder = (name: string): NativeCall => (rt, _args, _keywords, place) =>
  rt.unknown('environment', `Path.${name}() depends on the machine`, place);

/** `pathlib.Path` of the run. */
export const pathClass = defineClass({
  name: 'Path',
  module: 'pathlib',
  bases: [purePathClass],
  unmodelled: ['chmod', 'group', 'hardlink_to', 'is_mount', 'is_socket', 'is_symlink', 'lchmod', 'lstat', 'owner', 'readlink', 'rename', 'replace', 'symlink_to', 'walk'],
  methods: propagatingAll(concrete),
  classMethods: { cwd: machineFolder('cwd'), home: machineFolder('home') },
});

const purePosixPath = defineClass({ name: 'PurePosixPath', module: 'pathlib', bases: [purePathClass] });
const posixPath = defineClass({ name: 'PosixPath', module: 'pathlib', bases: [pathClass] });

/** `pathlib`. */
export const pathlibModule: ModuleTable = {
  Path: pathClass,
  PurePath: purePathClass,
  PurePosixPath: purePosixPath,
  PosixPath: posixPath,
};

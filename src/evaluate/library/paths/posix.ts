/** `os.path.normpath`. */
export function normalize(path: string): string {
  if (path === '') return '.';
  const lead = path.startsWith('//') && !path.startsWith('///') ? '//' : path.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (lead === '' && (parts.length === 0 || parts.at(-1) === '..'))) parts.push(part);
    else parts.pop();
  }
  return lead + parts.join('/') || '.';
}

/** `os.path.join`. */
export function join(first: string, ...rest: readonly string[]): string {
  let path = first;
  for (const part of rest) {
    if (part.startsWith('/')) path = part;
    else path = path === '' || path.endsWith('/') ? path + part : `${path}/${part}`;
  }
  return path;
}

/** `os.path.split`. */
export function split(path: string): readonly [string, string] {
  const cut = path.lastIndexOf('/') + 1;
  const head = path.slice(0, cut);
  return [/^\/*$/.test(head) ? head : head.replace(/\/+$/, ''), path.slice(cut)];
}

/** `os.path.splitext`: leading dots of a name belong to the name. */
export function splitExtension(path: string): readonly [string, string] {
  const name = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  if (dot < name || /^\.*$/.test(path.slice(name, dot))) return [path, ''];
  return [path.slice(0, dot), path.slice(dot)];
}

/** `os.path.relpath` of two absolute paths. */
export function relative(path: string, start: string): string {
  const [to, from] = [parts(path), parts(start)];
  let shared = 0;
  while (shared < Math.min(to.length, from.length) && to[shared] === from[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/') || '.';
}

/** `os.path.commonpath` of paths that are all absolute or all relative. */
export function commonPath(paths: readonly string[]): string {
  const lists = paths.map(parts);
  const first = lists[0] ?? [];
  const end = first.findIndex((part, index) => lists.some((list) => list[index] !== part));
  return (paths[0]?.startsWith('/') ? '/' : '') + first.slice(0, end < 0 ? first.length : end).join('/');
}

function parts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

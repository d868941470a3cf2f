import path from 'node:path';
import { pruneKept, readKept, touchKept, writeKept } from './kept-file.js';

/** Answers are small; this is some thousands of them. */
const MAX_REPLIES_BYTES = 50 * 1024 * 1024;

interface Reply {
  type: string;
  body: string;
}

/** Answers of a service in the user's cache folder, by the digest of their request. Nothing secret is in either. */
export function keptReplies(folder: string, isOnly: boolean) {
  const fileOf = (key: string): string => path.join(folder, 'replies', key);
  return {
    isOnly,
    /** The answer that was kept; undefined when there is none, or it isn't whole. */
    get(key: string): Reply | undefined {
      const bytes = readKept(fileOf(key));
      if (bytes === undefined) return undefined;
      touchKept(fileOf(key));
      const end = bytes.indexOf('\n');
      return { type: bytes.toString('utf8', 0, end), body: bytes.toString('utf8', end + 1) };
    },
    put(key: string, { type, body }: Reply): void {
      writeKept(fileOf(key), [Buffer.from(`${type.replace(/[\r\n]/g, ' ')}\n`), Buffer.from(body)]);
      pruneKept(path.join(folder, 'replies'), MAX_REPLIES_BYTES);
    },
  };
}

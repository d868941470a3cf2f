import { deflateSync, strToU8 } from 'fflate';

/**
 * Parts of the page that are read one at a time, compressed: hundreds of DAGs repeat the same words. The page's script
 * inflates a chunk when one of its parts is opened.
 */
export interface Pack {
  /** Base64 of raw deflate, each of a JSON object from part to HTML. */
  readonly chunks: readonly string[];
  readonly chunkOf: ReadonlyMap<string, number>;
}

/** Opening one part inflates its chunk: as much as that is done well within a tenth of a second. */
const CHUNK_LENGTH = 400_000;

function pressed(parts: Record<string, string>): string {
  // Not zlib: its bytes differ between versions of Node.
  return Buffer.from(deflateSync(strToU8(JSON.stringify(parts)), { level: 9 })).toString('base64');
}

/** Packs parts by their names, in their order. */
export function packParts(parts: Iterable<readonly [name: string, html: string]>): Pack {
  const chunkOf = new Map<string, number>();
  const chunks: string[] = [];
  let open: [string, string][] = [];
  let length = 0;
  const close = (): void => {
    if (open.length > 0) chunks.push(pressed(Object.fromEntries(open)));
    open = [];
    length = 0;
  };
  for (const [name, html] of parts) {
    if (length + html.length > CHUNK_LENGTH) close();
    open.push([name, html]);
    length += html.length;
    chunkOf.set(name, chunks.length);
  }
  close();
  return { chunks, chunkOf };
}

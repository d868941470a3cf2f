import { deflateSync, strToU8 } from 'fflate';
import { encodeDocument } from './document-code.js';
import { textOfBytes } from './binary-text.js';
import type { SafeHtml } from '../safe.js';

/**
 * Parts of the page that are read one at a time, compressed: hundreds of DAGs repeat the same words. The page's script
 * inflates a chunk when one of its parts is opened.
 */
export interface Pack {
  /** Raw deflate as text, each of a JSON object from part to HTML. */
  readonly chunks: readonly SafeHtml[];
  readonly chunkOf: ReadonlyMap<string, number>;
}

/** Opening one part inflates its chunk: as much as that is done well within a tenth of a second. */
const CHUNK_LENGTH = 400_000;

/** A text compressed; nothing in it means anything to HTML. */
function pressed(text: string): SafeHtml {
  // Not zlib: its bytes differ between versions of Node.
  return { html: textOfBytes(deflateSync(strToU8(text), { level: 9 })) };
}

/** A document compressed, so that the page can give it back byte for byte. */
export function packDocument(document: object): SafeHtml {
  return pressed(encodeDocument(document));
}

/** Packs parts by their names, in their order. */
export function packParts(parts: Iterable<readonly [name: string, html: string]>): Pack {
  const chunkOf = new Map<string, number>();
  const chunks: SafeHtml[] = [];
  let open: [string, string][] = [];
  let length = 0;
  const close = (): void => {
    if (open.length > 0) chunks.push(pressed(JSON.stringify(Object.fromEntries(open))));
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

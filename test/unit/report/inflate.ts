import { inflateRawSync } from 'node:zlib';

/** A page with what lies compressed in it written out, each part in the section that it belongs to. */
export function inflatedPage(page: string): string {
  const chunks = [...page.matchAll(/<template id="chunk-\d+">([^<]*)<\/template>/g)].map(([, text = '']): Record<string, string> =>
    JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString('utf8')),
  );
  const parts: Record<string, string> = Object.assign({}, ...chunks);
  return page
    .replace(/<template id="chunk-\d+">[^<]*<\/template>/g, '')
    .replace(/(<article class="view dag" id="([^"]*)"[\s\S]*?)<\/article>/g, (_, start: string, id: string) => `${start}${parts[id] ?? ''}</article>`);
}

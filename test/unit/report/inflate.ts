import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { inflateRawSync } from 'node:zlib';

const source = readFileSync(new URL('../../../src/report/templates/packed.js', import.meta.url), 'utf8');

/** The page's own script, given one template's text: what a browser would read. */
function readPacked(script: string, text: string): Promise<unknown> {
  const bytes: Uint8Array[] = [];
  class Blob {
    constructor(parts: Uint8Array[]) {
      bytes.push(...parts);
    }
    stream = (): { pipeThrough: () => null } => ({ pipeThrough: () => null });
  }
  class Response {
    json = (): unknown => JSON.parse(inflateRawSync(Buffer.concat(bytes)).toString('utf8'));
  }
  const document = { getElementById: () => ({ content: { textContent: text } }) };
  return runInNewContext(`${source}\n;${script}`, { document, Blob, Response, DecompressionStream: Object });
}

const texts = async (page: string, id: string): Promise<unknown[]> => {
  const found = [...page.matchAll(new RegExp(`<template id="${id}">([^<]*)</template>`, 'g'))].map(([, text = '']) => text);
  return Promise.all(found.map((text) => readPacked(id === 'document' ? 'packed.document()' : "packed.inflate('chunk')", text)));
};

/** The document that a page was made from. */
export async function documentOf(page: string): Promise<unknown> {
  const [document] = await texts(page, 'document');
  return document;
}

/** A page with what lies compressed in it written out, each part in the section that it belongs to. */
export async function inflatedPage(page: string): Promise<string> {
  const parts: Record<string, string> = Object.assign({}, ...(await texts(page, 'chunk-\\d+')));
  return page
    .replace(/<template id="(?:chunk-\d+|document)">[^<]*<\/template>/g, '')
    .replace(/(<(article|section) class="view(?: dag)?" id="([^"]*)"[^>]* data-chunk="[^>]*>[\s\S]*?)<\/\2>/g, (_, start: string, element: string, id: string) => `${start.replace(/<div data-fill>[\s\S]*/, '')}${parts[id] ?? ''}</${element}>`);
}

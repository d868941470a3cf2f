import ejs from 'ejs';
import type { Assets, TemplateName } from './assets.js';
import { escapeHtml } from './safe.js';
import type { SafeHtml } from './safe.js';

/** Renders one of the page's templates. Locals reach a template as one object. */
export type RenderPart = (name: TemplateName, locals: object) => SafeHtml;

/** Compiles every template once. */
export function compileTemplates({ templates }: Assets): RenderPart {
  const compiled = new Map(
    [...templates].map(([name, source]) => [
      name,
      ejs.compile(source, {
        strict: true,
        _with: false,
        localsName: 'locals',
        escape: escapeHtml,
        rmWhitespace: true,
        async: false,
      }),
    ]),
  );
  return (name, locals) => ({ html: compiled.get(name)?.(locals) ?? '' });
}

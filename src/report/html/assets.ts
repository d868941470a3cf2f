import { readFileSync } from 'node:fs';

/**
 * The one exception to "renderers read no files": templates, style and script lie beside the code as files, so that
 * they can be edited and checked as what they are. Nothing else in `report/` touches the file system.
 */

const templateNames = [
  'page',
  'symbols',
  'summary',
  'map',
  'road',
  'texts',
  'chart',
  'charts',
  'questions',
  'phases',
  'dag-table',
  'phase',
  'hazards',
  'hazard-rules',
  'unknowns',
  'dag',
  'dag-plan',
  'dag-rest',
  'task-table',
  'candidate',
  'stage',
  'schedule',
  'operation',
  'retries',
  'dead-letters',
  'contracts',
  'runbook',
  'about',
  'changes',
  'signal',
  'redrive',
  'guarantee',
  'kept-keys',
  'exports',
] as const;

const styles = ['page.css', 'signs.css', 'plan.css', 'charts.css'];
const scripts = ['packed.js', 'shell.js', 'page.js', 'exports.js'];

export type TemplateName = (typeof templateNames)[number];

export interface Assets {
  readonly templates: ReadonlyMap<string, string>;
  readonly style: string;
  readonly script: string;
}

function read(file: string): string {
  // A checkout with CRLF must give the same page.
  return readFileSync(new URL(`../templates/${file}`, import.meta.url), 'utf8').replace(/\r\n/g, '\n');
}

/** The page's templates, style and script. */
export function loadAssets(): Assets {
  return {
    templates: new Map(templateNames.map((name) => [name, read(`${name}.ejs`)])),
    style: styles.map(read).join('').replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*([{};])\s+/g, '$1').replace(/: (?!\w+\))/g, ':'),
    script: scripts.map(read).join(''),
  };
}

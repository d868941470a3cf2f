import type { PlanDocument } from '../../../model/plan.js';
import { anchorsOf } from '../anchors.js';
import { loadAssets } from '../assets.js';
import { layOut } from '../layout/lay-out.js';
import type { Layout } from '../layout/types.js';
import { compileTemplates } from '../templates.js';
import { visible } from '../../visible.js';
import { drawMap, mapRequest } from './draw-map.js';
import { mapOf } from './map-model.js';

/** The map as a file of its own: with its signs, arrows and the page's rules for it, in light colours. */

const nowhere: Layout = { width: 0, height: 0, nodes: [], edges: [], groups: [] };

/** `--name: light-dark(light, dark);` of the page's root. */
function lightColours(style: string): ReadonlyMap<string, string> {
  const found = style.matchAll(/[{;]\s*(--[\w-]+):\s*(?:light-dark\((rgb\([^)]*\)|[^,)]+),[^;]*\)|([^;]+))(?=;)/g);
  return new Map([...found].map(([, name = '', light, plain]) => [name, (light ?? plain ?? '').trim()]));
}

/** The page's rules whose selectors speak of what is drawn, and of nothing else. */
function rulesFor(drawing: string, style: string): string[] {
  const classes = new Set([...drawing.matchAll(/class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' ')));
  const colours = lightColours(style);
  const literal = (text: string): string => text.replace(/var\((--[\w-]+)\)/g, (whole, name: string) => colours.get(name) ?? whole);
  const speaksOfIt = (selector: string): boolean => {
    if (/:|\[|#/.test(selector)) return false;
    const named = [...selector.matchAll(/\.([\w-]+)/g)].map(([, name = '']) => name);
    return selector === 'marker path' || (named.length > 0 && named.every((name) => classes.has(name)));
  };
  const flat = style.replace(/@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
  return [...flat.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = '', body = '']) => {
    const kept = selectors.split(',').map((selector) => selector.trim()).filter(speaksOfIt);
    return kept.length === 0 ? [] : [`${kept.join(',')}{${literal(body).trim()}}`];
  });
}

/** The map of a plan as an SVG file that needs nothing else. */
export async function renderMapSvg(plan: PlanDocument): Promise<string> {
  const assets = loadAssets();
  const model = mapOf(plan, anchorsOf(plan.analysis.graph.dags.map((dag) => dag.dag_id)));
  const [layout = nowhere] = await layOut([mapRequest(model)]);
  // Boxes lead nowhere: the sections of their DAGs are on the page.
  const drawn = drawMap({ ...model, nodes: model.nodes.map((node) => ({ ...node, anchor: '' })) }, layout, `Map of the DAGs of ${visible(plan.analysis.graph.name)}`).html;
  const symbols = /<defs>[\s\S]*<\/defs>/.exec(compileTemplates(assets)('symbols', {}).html)?.[0] ?? '';
  const rules = rulesFor(`${drawn}${symbols}`, assets.style);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${drawn.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ').replace('>', `>\n<style>\n${rules.join('\n')}\n</style>\n${symbols}\n<rect width="100%" height="100%" fill="#ffffff"/>\n`)}\n`;
}

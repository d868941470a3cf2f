import type { RegexNode } from './nodes.js';

/** How many characters a piece always matches; undefined when that varies. */
export function widthOf(node: RegexNode): number | undefined {
  switch (node.kind) {
    case 'character':
      return 1;
    case 'position':
    case 'look':
      return 0;
    case 'sequence':
      return node.nodes.map(widthOf).reduce<number | undefined>((sum, width) => (sum === undefined || width === undefined ? undefined : sum + width), 0);
    case 'choice':
      return same(node.branches.map(widthOf));
    case 'condition':
      return same([widthOf(node.yes), widthOf(node.no)]);
    case 'group':
    case 'atomic':
      return widthOf(node.node);
    case 'repeat': {
      const width = widthOf(node.node);
      return width !== undefined && node.minimum === node.maximum ? width * node.minimum : undefined;
    }
    case 'reference':
      return undefined;
  }
}

function same(widths: readonly (number | undefined)[]): number | undefined {
  return new Set(widths).size === 1 ? widths[0] : undefined;
}

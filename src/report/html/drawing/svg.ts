import type { Layout, Point } from '../layout/types.js';
import { html } from '../safe.js';
import type { SafeHtml } from '../safe.js';

/** Pieces that every drawing of the page shares. */

export const MARGIN = 12;

/** A coordinate in whole pixels: enough for the eye, and a third fewer bytes of drawings. */
export function coordinate(value: number): string {
  return String(Math.round(value));
}

function pair({ x, y }: Point): string {
  return `${coordinate(x + MARGIN)} ${coordinate(y + MARGIN)}`;
}

/** A cubic spline as path data. */
export function pathData(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (start === undefined || rest.length === 0) return '';
  return `M${pair(start)}C${rest.map(pair).join(' ')}`;
}

export function sizeOf({ width, height }: { width: number; height: number }): { width: string; height: string } {
  return { width: coordinate(width + 2 * MARGIN), height: coordinate(height + 2 * MARGIN) };
}

/** Width of a monospaced character of the drawings' 12 px text, with a reserve for other fonts. */
const CHARACTER_WIDTH = 7.4;

export function labelWidth(label: string): number {
  return Math.ceil(label.length * CHARACTER_WIDTH);
}

/** A rounded box around a group of nodes, with the group's name at its top. */
export function groupBox(box: Layout['groups'][number] | undefined, label: string): SafeHtml {
  if (box === null || box === undefined) return html``;
  const x = coordinate(box.x + MARGIN);
  const y = coordinate(box.y + MARGIN);
  return html`<rect class="group" x="${x}" y="${y}" width="${coordinate(box.width)}" height="${coordinate(box.height)}" rx="8"/><text class="group-label" x="${coordinate(box.x + MARGIN + 7)}" y="${coordinate(box.y + MARGIN + 11)}">${label}</text>`;
}

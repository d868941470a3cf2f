import { hasHole, piecesOf, type Piece } from '../template/holes.js';

/** How two texts with holes compare: `same` for certain, `alike` when only the run knows what stands in a hole. */
export type Likeness = 'same' | 'alike' | 'other';

/** What a date looks like in names and paths. */
const dateLike = /^[\d_\-:TZ/=.*%a-zA-Z]*[\d*%][\d_\-:TZ/=.*%]*$/;

/** Compares one part of a name or path. A `*` stands for anything, as in patterns. */
export function compareParts(a: string, b: string): Likeness {
  if (a === b) return hasHole(a) ? sameHoles(a) : 'same';
  const [piecesA, piecesB] = [piecesOf(a), piecesOf(b)];
  const aligned = alignedPieces(piecesA, piecesB);
  if (aligned !== undefined) return aligned;
  if (matches(piecesA, b) || matches(piecesB, a)) return 'alike';
  return 'other';
}

/** Equal holes hold the same value when a setting of the deployment fills them; of a date two runs may differ. */
function sameHoles(text: string): Likeness {
  return piecesOf(text).every(({ kind, text: each }) => kind === 'text' || /^\{(?:var|conn)\./.test(each)) ? 'same' : 'alike';
}

function alignedPieces(a: readonly Piece[], b: readonly Piece[]): Likeness | undefined {
  if (a.length !== b.length || a.length === 0) return undefined;
  let likeness: Likeness = 'same';
  for (const [index, piece] of a.entries()) {
    const other = b[index];
    if (!other || piece.kind !== other.kind) return undefined;
    if (piece.kind === 'text' && piece.text !== other.text) return undefined;
    if (piece.kind === 'text') continue;
    if (!canHoldSame(piece.text, other.text)) return 'other';
    likeness = piece.text === other.text && /^\{(?:var|conn)\./.test(piece.text) ? likeness : 'alike';
  }
  return likeness;
}

/** Two settings of different names are taken for different values; everything else may turn out the same. */
function canHoldSame(a: string, b: string): boolean {
  if (a === b) return true;
  const isSetting = (hole: string): boolean => /^\{(?:var|conn|params)\./.test(hole);
  if (isSetting(a) || isSetting(b)) return false;
  return a === '{date}' || b === '{date}' || a === '{?}' || b === '{?}';
}

/** Whether a text without holes of its own could be what a text with holes, or a pattern, becomes. */
function matches(pieces: readonly Piece[], text: string): boolean {
  if (hasHole(text)) return false;
  if (pieces.every(({ kind, text: each }) => kind === 'text' && !each.includes('*'))) return false;
  const pattern = pieces.map((piece) => (piece.kind === 'text' ? escaped(piece.text) : piece.text === '{date}' ? '([^/]+?)' : '(?!)')).join('');
  const match = new RegExp(`^${pattern}$`).exec(text);
  return match !== null && match.slice(1).every((each) => dateLike.test(each));
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '[^/]*');
}

/** What a layout is asked for: sizes and connections only, never a name or a label. */
export interface LayoutRequest {
  readonly nodes: readonly { readonly width: number; readonly height: number; readonly group: number | null }[];
  /** Pairs of indices into `nodes`. */
  readonly edges: readonly (readonly [from: number, to: number])[];
  /** Boxes around nodes; `parent` is an index into `groups`. */
  readonly groups: readonly { readonly parent: number | null }[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Positions in pixels, y downwards. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Centres, in the order of the request. */
  readonly nodes: readonly Point[];
  /** A cubic Bézier spline per edge (1 + 3n points), in the order of the request; empty where there is none to draw. */
  readonly edges: readonly (readonly Point[])[];
  /** Top left corner and size, in the order of the request; null where the engine drew no box. */
  readonly groups: readonly (Box | null)[];
}

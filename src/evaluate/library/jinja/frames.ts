import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { PyInstance, Unknown, Value } from '../../values.js';
import type { BlockNode } from './syntax.js';

/** Something that isn't known decides what is rendered: the text as a whole is not known. */
export class HiddenText extends Error {
  constructor(readonly unknown: Unknown) {
    super('unknown inside');
  }
}

/** Where and for whom a template is rendered. */
export interface Rendering {
  readonly rt: Runtime;
  readonly place: Place;
}

/** What a template is rendered with: names given to it, names that its top level sets, and its blocks. */
export interface RenderContext {
  readonly environment: PyInstance;
  readonly template: string | null;
  readonly given: ReadonlyMap<string, Value>;
  readonly set: Map<string, Value>;
  readonly exported: Set<string>;
  /** Bodies of the blocks by name, that of the template that extends all others first. */
  readonly blocks: Map<string, BlockNode[]>;
}

/** Names of a part of a template; what an inner part sets isn't seen outside. */
export class Frame {
  readonly names = new Map<string, Value>();
  constructor(
    readonly context: RenderContext,
    readonly outer: Frame | undefined,
    readonly isTop: boolean,
    readonly autoescapes: boolean,
  ) {}

  inner(autoescapes = this.autoescapes): Frame {
    return new Frame(this.context, this, false, autoescapes);
  }

  lookUp(name: string): Value | undefined {
    const own = this.names.get(name);
    if (own !== undefined) return own;
    if (this.outer) return this.outer.lookUp(name);
    return this.context.set.get(name) ?? this.context.given.get(name) ?? nullIn(this.context, name);
  }

  assign(name: string, value: Value, isExported = true): void {
    if (!this.isTop) {
      this.names.set(name, value);
      return;
    }
    this.context.set.set(name, value);
    if (name.startsWith('_')) return;
    if (isExported) this.context.exported.add(name);
    else this.context.exported.delete(name);
  }

  /** Everything that an included template sees. */
  visible(): Map<string, Value> {
    return new Map([...(this.outer?.visible() ?? [...this.context.given, ...this.context.set]), ...this.names]);
  }
}

// None is null here, which `??` passes over.
function nullIn(context: RenderContext, name: string): null | undefined {
  return context.set.has(name) || context.given.has(name) ? null : undefined;
}

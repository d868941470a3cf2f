import { PyRaise } from '../runtime.js';
import { PyInstance } from '../values.js';

/** An exception that leaves an `except` block or an `__exit__` remembers the one that was handled. */
export function noteContext(caught: unknown, handled: PyRaise): void {
  if (!(caught instanceof PyRaise) || !(caught.value instanceof PyInstance) || caught.value === handled.value) return;
  if (!caught.value.attributes.has('__context__')) caught.value.attributes.set('__context__', handled.value);
}

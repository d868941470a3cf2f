import { fieldOf, namedChildren, refuse, textOf } from './context.js';
import type { ConvertContext } from './context.js';
import type { RawNode } from './raw-tree.js';
import type { Expression, ParameterNode } from './syntax.js';

type ConvertExpression = (context: ConvertContext, raw: RawNode) => Expression;
type Form = ParameterNode['form'];

/** Parameters of a function or lambda, in order, with what CPython refuses noted as problems. */
export function convertParameters(context: ConvertContext, raw: RawNode, convert: ConvertExpression): ParameterNode[] {
  const parameters: ParameterNode[] = [];
  let form: Form = 'positional';
  let needsDefault = false;
  for (const child of namedChildren(raw)) {
    if (child.type === 'positional_separator') {
      parameters.forEach((parameter, index) => (parameters[index] = { ...parameter, form: 'positional_only' }));
      continue;
    }
    if (child.type === 'keyword_separator') {
      form = 'keyword_only';
      continue;
    }
    const parameter = convertParameter(context, child, form, convert);
    if (parameter === undefined) {
      refuse(context, child, 'invalid syntax');
      continue;
    }
    if (parameter.form === 'star') form = 'keyword_only';
    if (parameter.form === 'positional') {
      if (parameter.default !== null) needsDefault = true;
      else if (needsDefault) refuse(context, child, 'parameter without a default follows parameter with a default');
    }
    if (parameters.some((other) => other.name === parameter.name)) {
      refuse(context, child, `duplicate argument '${parameter.name}' in function definition`);
    }
    parameters.push(parameter);
  }
  return parameters;
}

function convertParameter(
  context: ConvertContext,
  raw: RawNode,
  form: Form,
  convert: ConvertExpression,
): ParameterNode | undefined {
  if (raw.type === 'identifier') return { name: textOf(context, raw), form, default: null, annotation: null };
  if (raw.type === 'list_splat_pattern' || raw.type === 'dictionary_splat_pattern') {
    return splat(context, raw, null);
  }
  const type = fieldOf(raw, 'type');
  const annotation = type === undefined ? null : convert(context, type);
  if (raw.type === 'typed_parameter') {
    const [inner] = namedChildren(raw);
    if (inner === undefined) return undefined;
    if (inner.type !== 'identifier') return splat(context, inner, annotation);
    return { name: textOf(context, inner), form, default: null, annotation };
  }
  if (raw.type !== 'default_parameter' && raw.type !== 'typed_default_parameter') return undefined;
  const name = fieldOf(raw, 'name');
  const value = fieldOf(raw, 'value');
  if (name?.type !== 'identifier' || value === undefined) return undefined;
  return { name: textOf(context, name), form, default: convert(context, value), annotation };
}

function splat(context: ConvertContext, raw: RawNode, annotation: Expression | null): ParameterNode | undefined {
  const [name] = namedChildren(raw);
  if (name?.type !== 'identifier') return undefined;
  const form: Form = raw.type === 'list_splat_pattern' ? 'star' : 'double_star';
  return { name: textOf(context, name), form, default: null, annotation };
}

import { describe, expect, it } from 'vitest';
import { fillHoles, isTemplate, splitTemplate } from '../../../src/infer/template/blocks.js';
import { namesInTemplate } from '../../../src/infer/template/names.js';

describe('splitTemplate', () => {
  it.each([
    ['a{{ b }}c', ['text:a', 'expression:b', 'text:c']],
    ['{{- b -}}', ['expression:b']],
    ["{{ '}}' }}x", ["expression:'}}'", 'text:x']],
    ['{{ open', ['text:{{ open']],
    ['{# {{ a }} #}b', ['text:b']],
    ['{% raw %}{{ a }}{% endraw %}b', ['text:{{ a }}', 'text:b']],
    ['{%- raw -%}{{ a }}', ['text:{{ a }}']],
    ['{ { a } }', ['text:{ { a } }']],
  ])('%s', (source, expected) => {
    expect(splitTemplate(source).map(({ kind, text }) => `${kind}:${text}`)).toEqual(expected);
  });

  it('fills what is evaluated with holes', () => {
    expect(fillHoles('in/{{ ds }}/{% if x %}a{% endif %}', '*')).toBe('in/*/a');
    expect(isTemplate('in/{x}')).toBe(false);
  });

  it('takes time in proportion to hostile input', () => {
    expect(splitTemplate('{{'.repeat(50_000))).toHaveLength(1);
    expect(splitTemplate('{{ a }}'.repeat(50_000))).toHaveLength(50_000);
  });
});

describe('namesInTemplate', () => {
  it.each([
    ['{{ a.b.c }}', ['a.b.c']],
    ["{{ a['b'].c[0].d }}", ['a.b.c']],
    ['{{ a | f(b) }}', ['a', 'b']],
    ['{{ f(x=a) }}', ['f', 'a']],
    ['{{ a if b is defined else c }}', ['a', 'b', 'c']],
    ['{{ a is not none }}', ['a']],
    ['{% for x in xs %}{{ x.y }}{% endfor %}', ['xs']],
    ['{% set x = y %}{{ x }}', ['y']],
    ["{{ 'a' ~ \"b\" ~ 1.5 }}", []],
    ['{{ a == b }}', ['a', 'b']],
  ])('%s', (source, expected) => {
    expect(namesInTemplate(source).map(({ name, path }) => [name, ...path].join('.'))).toEqual(expected);
  });
});

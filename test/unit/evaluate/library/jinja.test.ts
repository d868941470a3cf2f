import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from './run.js';

const cases = JSON.parse(readFileSync(new URL('../../../../fixtures/evaluate/jinja.json', import.meta.url), 'utf8')) as { source: string; expected: string }[];
const files = {
  'templates/a.sql': 'select {{ x }}\n',
  'templates/b.sql': '{% include "a.sql" %} where y',
  'pkg/__init__.py': '',
  'pkg/templates/p.txt': 'P {{ x }}',
};

describe('templates give what Jinja2 gives', () => {
  test('there are enough templates', () => expect(cases.length).toBeGreaterThan(500));
  test('none differs, and hardly one is unknown', () => {
    const outcomes = cases.map(({ source, expected }) => ({ source, expected, text: run(source).text }));
    expect(outcomes.filter(({ text, expected }) => text !== expected && !text.startsWith('?'))).toEqual([]);
    const unknown = outcomes.filter(({ text }) => text.startsWith('?'));
    expect(unknown.filter(({ text }) => !text.includes('not modelled'))).toEqual([]);
    expect(unknown.length).toBeLessThan(cases.length / 50);
  }, 180_000);
});

describe('templates of the repository', () => {
  const inFolder = 'import os\nfrom jinja2 import Environment, FileSystemLoader, PackageLoader\nfolder = os.path.join(os.path.dirname(__file__), "templates")\n';
  test('are read from its folders', () => {
    expect(run(`${inFolder}result = Environment(loader=FileSystemLoader(folder)).get_template("b.sql").render(x=3)`, { files }).text).toBe("'select 3 where y'");
  });
  test('are read from its packages', () => {
    expect(run(`${inFolder}result = Environment(loader=PackageLoader("pkg")).get_template("p.txt").render(x=3)`, { files }).text).toBe("'P 3'");
  });
  test('that are not there are not found', () => {
    expect(run(`${inFolder}result = Environment(loader=FileSystemLoader(folder)).get_template("no.sql")`, { files }).text).toBe('!TemplateNotFound');
  });
  test('are unknown when their folder lies elsewhere', () => {
    expect(run(`${inFolder}result = Environment(loader=FileSystemLoader("/elsewhere")).get_template("a.sql").render()`, { files }).text).toMatch(/^\?.*outside/);
  });
});

describe('what is not known', () => {
  const template = 'import random\nfrom jinja2 import Template\n';
  test('spoils the text that shows it', () => {
    expect(run(`${template}result = Template("{{ x }}").render(x=random.random())`).text).toMatch(/^\?random/);
  });
  test('spoils the text that it decides', () => {
    expect(run(`${template}result = Template("{% if x > 1 %}a{% endif %}").render(x=random.random())`).text).toMatch(/^\?random/);
  });
  test('leaves alone a text that passes it over', () => {
    expect(run(`${template}result = Template("{{ y }}").render(x=random.random(), y=1)`).text).toBe("'1'");
  });
  test('hides what the rest of the template would have changed', () => {
    expect(run(`${template}xs = []\nTemplate("{{ x }}{{ xs.append(1) }}").render(x=random.random(), xs=xs)\nresult = xs`).text).toMatch(/^\?random/);
  });
  test('may be the template itself', () => {
    expect(run(`${template}result = Template(random.choice(["a", "b"])).render()`).text).toMatch(/^\?random/);
  });
});

import { describe, expect, test } from 'vitest';
import { run } from './run.js';

const files = {
  'pkg/__init__.py': '',
  'pkg/b.py': 'NAME = __name__\nVALUE = 2\ndef get():\n    return VALUE\n',
  'pkg/a.py': '',
  'pkg/sub/__init__.py': '',
  'pkg/notes.txt': 'hello\n',
  'pkg/data/x.py': '',
};
const spec = 'import importlib.util\nimport os\npath = os.path.join(os.path.dirname(__file__), "pkg", "b.py")\nspec = importlib.util.spec_from_file_location("other", path)\nmod = importlib.util.module_from_spec(spec)\n';

describe('modules are loaded from files', () => {
  test('by a spec, and run when the loader says so', () => {
    expect(run(`${spec}before = hasattr(mod, "VALUE")\nspec.loader.exec_module(mod)\nmod.VALUE = 5\nresult = before, mod.NAME, mod.get(), spec.name`, { files }).text).toBe("(False, 'other', 5, 'other')");
  });
  test('by a loader', () => {
    expect(run('from importlib.machinery import SourceFileLoader\nresult = SourceFileLoader("m", "/repo/pkg/b.py").load_module().get()', { files }).text).toBe('2');
  });
  test('that are not there', () => {
    const text = `import importlib.util\nspec = importlib.util.spec_from_file_location("m", "/repo/no.py")\nspec.loader.exec_module(importlib.util.module_from_spec(spec))\nresult = 1`;
    expect(run(text, { files }).text).toBe('!FileNotFoundError');
  });
  test('that are no Python have no spec', () => {
    expect(run('import importlib.util\nresult = importlib.util.spec_from_file_location("m", "/repo/pkg/notes.txt")', { files }).text).toBe('None');
  });
  test('outside of the repository are unknown', () => {
    expect(run('import importlib.util\nresult = importlib.util.module_from_spec(importlib.util.spec_from_file_location("m", "/elsewhere/m.py")).x', { files }).text).toMatch(/^\?.*outside/);
  });
});

describe('packages say what they hold', () => {
  test('modules, sorted', () => {
    expect(run('import pkgutil, pkg, os\nresult = [(m.name, m.ispkg) for m in pkgutil.iter_modules([os.path.dirname(pkg.__file__)], "pkg.")]', { files }).text).toBe("[('pkg.a', False), ('pkg.b', False), ('pkg.sub', True)]");
  });
  test('by the path of the package', () => {
    expect(run('import pkgutil, importlib, pkg\nresult = [importlib.import_module(f"pkg.{m.name}").__name__ for m in pkgutil.iter_modules(pkg.__path__)]', { files }).text).toBe("['pkg.a', 'pkg.b', 'pkg.sub']");
  });
  test('files', () => {
    expect(run('import pkgutil\nfrom importlib import resources\nresult = pkgutil.get_data("pkg", "notes.txt"), resources.files("pkg").joinpath("notes.txt").read_text(), resources.read_text("pkg", "notes.txt")', { files }).text).toBe("(b'hello\\n', 'hello\\n', 'hello\\n')");
  });
});

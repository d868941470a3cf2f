// Joins the compiled files of the command line into one script: hundreds of small files take longer to find, read and
// link than a small repository takes to be analysed. The single files stay, for who imports the package.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Small packages that every run needs go into the script; what few runs need is loaded from its package. */
const joined = ['commander', 'fastest-levenshtein', 'ignore'];

/** Writes `program.cjs` and the licences of the packages in it into a folder of compiled files. */
export async function bundleProgram(root, folder) {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const packages = Object.keys({ ...dependencies, ...optionalDependencies });
  const output = path.join(folder, 'program.cjs');
  await build({
    entryPoints: [path.join(folder, 'program.js')],
    outfile: output,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: packages.filter((name) => !joined.includes(name)),
    supported: { 'dynamic-import': false },
    banner: { js: 'const urlOfCompiled = (file) => require("node:url").pathToFileURL(require("node:path").join(__dirname, file)).href;' },
    plugins: [ownAddresses(folder)],
    logLevel: 'warning',
  });
  writeFileSync(path.join(folder, 'program.licenses.txt'), joined.map((name) => licenceOf(path.join(root, 'node_modules', name))).join('\n'));
  // Results of one build are not those of another, so that a build has a name of its own.
  const script = readFileSync(output, 'utf8');
  writeFileSync(output, `// build ${hashOf(folder)}\n${script}`);
}

/** Files find what lies beside them by their own address; in the joined script that is still the single file's. */
function ownAddresses(folder) {
  return {
    name: 'own-addresses',
    setup(bundler) {
      bundler.onLoad({ filter: /\.js$/ }, ({ path: file }) => {
        if (!file.startsWith(folder + path.sep)) return undefined;
        const text = readFileSync(file, 'utf8');
        if (!text.includes('import.meta.url')) return undefined;
        const relative = path.relative(folder, file).split(path.sep).join('/');
        return { contents: text.replaceAll('import.meta.url', `urlOfCompiled(${JSON.stringify(relative)})`), loader: 'js' };
      });
    },
  };
}

function licenceOf(home) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  const file = readdirSync(home).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${name} has no licence text: it can't be joined`);
  return `${name} ${version} (${license})\n\n${readFileSync(path.join(home, file), 'utf8')}`;
}

function hashOf(folder) {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(js|cjs|json|wasm|ejs|css)$/.test(file)).sort();
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(path.join(folder, file)));
  return hash.digest('hex').slice(0, 32);
}

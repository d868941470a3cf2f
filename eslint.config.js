// Rules that catch bugs, read with types. Formatting and taste stay with the author.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Folders whose code must give the same answer for the same input, everywhere and always. */
const pureFolders = ['evaluate', 'graph', 'infer', 'knowledge', 'model', 'report', 'check'].map((name) => `src/${name}/**`);

const impureGlobals = ['process', 'console', 'fetch', 'setTimeout', 'setInterval', 'performance'].map((name) => ({
  name,
  message: 'Pure layers take what they need as arguments.',
}));

export default tseslint.config(
  { ignores: ['dist*/', 'node_modules/', 'reports/', 'coverage/', '.cache/', 'fixtures/', 'src/report/**/*.js'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['vitest.config.ts'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A zod schema and its type share a name on purpose: one shape, one word.
      '@typescript-eslint/no-redeclare': 'off',
      'no-redeclare': 'off',
      // `[...text]` goes by code points, which is how Python counts.
      '@typescript-eslint/no-misused-spread': 'off',
      // The rules below forbid readable code more often than they find a bug.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/no-useless-default-assignment': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-base-to-string': 'warn',
      'max-lines': ['warn', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-depth': ['warn', 4],
      eqeqeq: 'error',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Assertions on parsed JSON read better without a guard in front of every access.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'max-lines': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/commands/io.ts', 'src/cli.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: pureFolders,
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Same input, same bytes.' },
        { object: 'Date', property: 'now', message: 'Same input, same bytes.' },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly', performance: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', document: 'readonly', window: 'readonly', fetch: 'readonly' },
    },
  },
);

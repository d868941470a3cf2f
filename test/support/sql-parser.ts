import { loadSqlParser } from '../../src/infer/sql/parser.js';

// The pipeline loads it before it infers; a test that infers by itself finds it loaded.
await loadSqlParser();

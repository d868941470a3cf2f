// A measured process: reads a graph document and times what comes after it, in milliseconds.

import { readFileSync } from 'node:fs';
import { inferAnalysis } from '../../dist/infer/infer.js';
import { planOffline } from '../../dist/plan/offline/plan-offline.js';

const graph = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const start = performance.now();
const analysis = inferAnalysis(graph);
const inferred = performance.now();
planOffline(analysis);
console.log(JSON.stringify({ infer: inferred - start, plan: performance.now() - inferred }));

// The script of a worker thread.
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadTask } from './graph/thread.js';
import { codeFolder, loadProgram } from './load-program.js';

const { program, keepCode } = await loadProgram(codeFolder(process.env), 'thread');
if (parentPort !== null) await program.runThread(workerData as ThreadTask, parentPort);
keepCode();

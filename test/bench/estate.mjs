// Writes an estate of generated DAG files: the same number gives the same bytes. It is made for the bench's questions
// of growth; what is right about a DAG is judged elsewhere, on DAGs that people wrote.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mix, sharedPackage } from './templates.mjs';

const owners = ['sales', 'finance', 'logistics', 'marketing', 'crm', 'risk', 'stores', 'people'];
const tableNames = ['orders', 'customers', 'payments', 'returns', 'stock', 'prices', 'shipments', 'contacts', 'visits', 'claims'];

/** Files of one team, as many as a folder of a grown repository has. */
const FILES_PER_FOLDER = 50;

/** Kinds in an order that repeats, so that every slice of an estate has the same mix. */
const kinds = interleave(mix);

/**
 * Writes an estate of `count` DAG files below `folder` and returns what it holds.
 * @returns {{ dagsRoot: string, files: number, bytes: number }}
 */
export function writeEstate(folder, count) {
  const dagsRoot = join(folder, 'dags');
  let bytes = 0;
  const write = (directory, name, text) => {
    bytes += Buffer.byteLength(text);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, name), text);
  };
  for (const [name, text] of Object.entries(sharedPackage)) write(join(dagsRoot, 'common'), name, text);
  for (let number = 0; number < count; number += 1) {
    const { kind, facts } = fileFacts(number);
    write(join(dagsRoot, teamOf(number)), `${facts.id}.py`, kind.write(facts));
  }
  return { dagsRoot, files: count, bytes };
}

function fileFacts(number) {
  const kind = kindOf(number);
  const facts = {
    id: idOf(number),
    number,
    hour: (number * 5) % 24,
    owner: ownerOf(number),
    tables: tableNames.slice(number % 4, (number % 4) + 3 + (number % 3)),
    before: predecessor(number),
  };
  return { kind, facts };
}

/** The DAG of the same team that a sensor waits for: one whose id is that of its file. */
function predecessor(number) {
  const first = number - (number % FILES_PER_FOLDER);
  for (let earlier = number - 1; earlier >= first; earlier -= 1) {
    if (kindOf(earlier).name !== 'factory') return idOf(earlier);
  }
  return null;
}

function kindOf(number) {
  return kinds[number % kinds.length];
}

function idOf(number) {
  return `${ownerOf(number)}_${kindOf(number).name}_${String(number).padStart(5, '0')}`;
}

function ownerOf(number) {
  return owners[Math.floor(number / FILES_PER_FOLDER) % owners.length];
}

function teamOf(number) {
  return `${ownerOf(number)}_${Math.floor(number / FILES_PER_FOLDER)}`;
}

function interleave(parts) {
  const total = parts.reduce((sum, part) => sum + part.share, 0);
  const placed = parts.flatMap((part) =>
    Array.from({ length: part.share }, (_each, index) => ({ part, at: ((index + 0.5) * total) / part.share })),
  );
  return placed.sort((a, b) => a.at - b.at).map(({ part }) => part);
}

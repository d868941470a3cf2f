import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { mechanismsBySource } from '../../../src/knowledge/mechanisms.js';
import { operatorNamed, operatorTable } from '../../../src/knowledge/operators-io.js';
import { sensorNamed, sensorTable } from '../../../src/knowledge/sensors.js';
import { sensorDetectors } from '../../../src/infer/sources/registry.js';
import { Confidence, SourceKind } from '../../../src/model/analysis.js';
import { compareReleases, isAtLeast } from '../../../src/util/release.js';

const Sensor = z.strictObject({
  class: z.string().min(1),
  module: z.string().min(1),
  old_names: z.array(z.string()),
  category: z.string(),
  source_kind: SourceKind.nullable(),
  has_event: z.boolean(),
  event: z.string().min(1),
  confidence: Confidence,
  fields: z.record(z.string(), z.string()),
  is_deferred: z.boolean(),
});

const Resource = z.strictObject({ kind: z.string(), kwargs: z.array(z.string()), uri_template: z.string() });
const Operator = z.strictObject({
  class: z.string().min(1),
  module: z.string().min(1),
  inputs: z.array(Resource),
  outputs: z.array(Resource),
  flags: z.array(z.string()),
});

describe('the sensor table', () => {
  it('has rows of the shape that the code reads, each class once', () => {
    expect(() => z.array(Sensor).parse(sensorTable)).not.toThrow();
    expect(sensorTable.length).toBeGreaterThanOrEqual(208);
    expect(new Set(sensorTable.map((row) => row.class)).size).toBe(sensorTable.length);
  });

  it('has a source kind wherever an event is promised, and a detector for its category', () => {
    const categories = new Set(sensorDetectors.flatMap((detector) => detector.categories));
    for (const row of sensorTable.filter((each) => each.has_event)) {
      expect(row.source_kind, row.class).not.toBeNull();
      expect(categories, row.class).toContain(row.category);
    }
  });

  it('has each category in one detector only', () => {
    const categories = sensorDetectors.flatMap((detector) => detector.categories);
    expect(new Set(categories).size).toBe(categories.length);
  });

  it('finds classes by their old names', () => {
    expect(sensorNamed('GoogleCloudStorageObjectSensor')?.class).toBe('GCSObjectExistenceSensor');
    expect(sensorNamed('constructor')).toBeUndefined();
  });
});

describe('the operator table', () => {
  it('has rows of the shape that the code reads, and templates that name their arguments', () => {
    expect(() => z.array(Operator).parse(operatorTable)).not.toThrow();
    for (const row of operatorTable) {
      for (const resource of [...row.inputs, ...row.outputs]) {
        const named = [...resource.uri_template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
        expect(resource.kwargs, `${row.class} ${resource.uri_template}`).toEqual(expect.arrayContaining(named));
      }
    }
    expect(operatorNamed('S3CopyObjectOperator')?.outputs).toHaveLength(1);
  });
});

describe('mechanisms', () => {
  it('are ordered newest first for every source', () => {
    for (const kind of SourceKind.options) {
      const releases = mechanismsBySource[kind].map((row) => row.since);
      expect(releases, kind).toEqual([...releases].sort((a, b) => compareReleases(b, a)));
    }
  });

  it('compare releases by number', () => {
    expect(isAtLeast('2.10.0', '2.9.0')).toBe(true);
    expect(isAtLeast('3.0.0rc1', '3.0.0')).toBe(true);
    expect(isAtLeast('2.4', '2.4.0')).toBe(true);
    expect(isAtLeast('2.3.4', '2.4.0')).toBe(false);
  });
});

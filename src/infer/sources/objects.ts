import type { SourceKind } from '../../model/analysis.js';
import { readTexts, type Reading } from '../argument.js';
import { because, lower, type CandidateDraft, type Judgement } from '../candidate.js';
import { isTemplate } from '../template/blocks.js';
import type { WaitingTask } from '../sensors.js';
import type { SensorDetector } from './detector.js';
import { keyFilter } from './object-pattern.js';
import { judgeReading, sensorDraft, startingJudgement } from './sensor-draft.js';

/** Object stores: one candidate per awaited key, because a list of keys is waited for as a whole. */
export const objectSensors: SensorDetector = {
  categories: ['object_created', 'object_updated', 'object_quiescence'],
  detect(waiting, context) {
    const kind = waiting.sensor.source_kind ?? 'file';
    const keyArgument = waiting.sensor.fields['key'] ?? waiting.sensor.fields['prefix'] ?? 'bucket_key';
    const bucketArgument = waiting.sensor.fields['container'] ?? waiting.sensor.fields['bucket'] ?? 'bucket_name';
    const bucket = readTexts(waiting.task.arguments[bucketArgument]);
    const keys = readTexts(waiting.task.arguments[keyArgument]);
    const judgement = judgeReading(baseJudgement(waiting), keyArgument, keys);
    const texts: (string | null)[] = keys.kind === 'texts' ? keys.texts : [null];
    return texts.map((key) => objectDraft({ waiting, kind, key, bucket, bucketArgument, judgement }, context));
  },
};

interface ObjectFound {
  waiting: WaitingTask;
  kind: SourceKind;
  key: string | null;
  bucket: Reading;
  bucketArgument: string;
  judgement: Judgement;
}

function objectDraft(found: ObjectFound, context: Parameters<SensorDetector['detect']>[1]): CandidateDraft {
  const { waiting, kind, key } = found;
  const isPrefix = waiting.sensor.fields['key'] === undefined;
  const address = key === null ? undefined : splitUrl(key);
  const place = address ?? { bucket: bucketText(found.bucket), key };
  const fields = {
    ...(place.bucket !== null && { [kind === 'azure_blob' ? 'container' : 'bucket']: place.bucket }),
    ...(place.key !== null && { [isPrefix ? 'prefix' : 'key']: place.key }),
    ...otherFields(waiting),
  };
  const { wildcard_match, use_glob, use_regex } = waiting.task.arguments;
  const filter = place.key === null ? '' : keyFilter(place.key, { glob: wildcard_match ?? use_glob, regex: use_regex, isPrefix });
  return sensorDraft(waiting, context, { kind, fields, filter, judgement: judge(found, address !== undefined, place.bucket) });
}

/** What the table names beside the object itself: a region, a folder. */
function otherFields({ sensor, task }: WaitingTask): Record<string, string> {
  const others = Object.entries(sensor.fields).filter(([field]) => !['bucket', 'container', 'key', 'prefix'].includes(field));
  return Object.fromEntries(
    others.flatMap(([field, argument]) => {
      const reading = readTexts(task.arguments[argument]);
      return reading.kind === 'texts' ? [[field, reading.texts.join(', ')]] : [];
    }),
  );
}

function judge(found: ObjectFound, hasUrl: boolean, bucket: string | null): Judgement {
  let judgement = hasUrl ? found.judgement : judgeReading(found.judgement, found.bucketArgument, found.bucket);
  if (found.key === null && !judgement.reasons.some((reason) => reason.includes('is not known'))) {
    judgement = lower(judgement, 'no key is given');
  }
  if (bucket !== null && isTemplate(bucket)) judgement = lower(judgement, 'the bucket is a template, filled in at run time');
  if (!hasUrl && found.bucket.kind === 'absent') judgement = lower(judgement, `${found.bucketArgument} is not given`);
  return judgement;
}

function baseJudgement(waiting: WaitingTask): Judgement {
  const { check_fn: check } = waiting.task.arguments;
  let judgement = startingJudgement(waiting);
  if (check !== undefined && check !== null) judgement = lower(judgement, 'check_fn decides too: the event must meet it as well');
  if (waiting.sensor.category === 'object_quiescence') {
    judgement = because(judgement, 'waits until nothing changes any more: the event needs a quiet period or a manifest');
  }
  return judgement;
}

function bucketText(bucket: Reading): string | null {
  return bucket.kind === 'texts' ? (bucket.texts[0] ?? null) : null;
}

/** A full address in the key argument: then the bucket argument must be empty. */
function splitUrl(key: string): { bucket: string; key: string } | undefined {
  const match = /^(?:s3[an]?|gs|wasbs?|abfss?|oss):\/\/([^/]+)\/?(.*)$/s.exec(key);
  return match?.[1] === undefined ? undefined : { bucket: match[1], key: match[2] ?? '' };
}

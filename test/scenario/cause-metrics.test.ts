/** The metrics of causes name every cause that the drills that ship come to. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { causeMetric } from '../../src/scenario/cause-metrics.ts';

const FOLDER = 'test/golden';
/** As golden summaries write a cause: its name, and how many requests it broke. */
const WRITTEN = /"([a-z-]+\/[a-z-]+(?:@[^"]+)?) \d+"/g;

const causes = new Set(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => [...readFileSync(`${FOLDER}/${file}`, 'utf8').matchAll(WRITTEN)])
    .map(([, cause]) => cause!),
);

describe('metrics of causes', () => {
  it('name every cause of the golden summaries', () => {
    expect(causes.size).toBeGreaterThan(20);
    expect([...causes].filter((cause) => !causeMetric(`cause.${cause}.share`))).toEqual([]);
  });

  it.each(['cause.dead-addres.share', 'cause.servfail/nowhere.share', 'cause.servfail.requests'])(
    'do not know %s',
    (name) => {
      expect(causeMetric(name)).toBeUndefined();
    },
  );
});

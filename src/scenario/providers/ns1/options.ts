/** Settings of NS1 as a provider: data feeds, how fast they are, and rules on which sources differ. */
import { z } from 'zod';
import type { Micros } from '../../../base/time.ts';
import type {
  Disputes,
  FeedSpec,
  MetaValue,
  Ns1Options,
} from '../../../model/authority/providers/ns1/rule.ts';
import type { Path } from '../../document/tree.ts';
import { durationKind, type Kind, Problem, wordKind } from '../../kinds.ts';
import { mapOf } from '../../schema/common.ts';
import { about, field } from '../../schema/field.ts';
import type { OptionsDesk, OptionsFormat } from '../format.ts';
import { valueKind } from './metadata.ts';
import { EMPTY, FEED_DELAY, MISSING_UP, POLICY } from './sources.ts';

export interface OptionsDoc {
  readonly feeds?: Readonly<Record<string, Readonly<Record<string, MetaValue>>>>;
  readonly 'feed-delay'?: Micros;
  readonly empty?: Disputes['empty'];
  readonly 'missing-up'?: Disputes['missingUp'];
  readonly policy?: MonitorPolicy;
}

/** How many regions of a monitor must say down. */
export type MonitorPolicy = 'quorum' | 'all' | 'one';

const EMPTY_KIND = wordKind(['nodata', 'first']) as Kind<Disputes['empty']>;
const MISSING_KIND = wordKind(['keep', 'remove']) as Kind<Disputes['missingUp']>;
export const POLICY_KIND: Kind<MonitorPolicy> = wordKind(['quorum', 'all', 'one']);
const DURATION = durationKind();

const schema: z.ZodType<OptionsDoc> = about(
  z.strictObject({
    feeds: mapOf(
      mapOf(
        field(valueKind, 'The value from then on.', { example: 95 }),
        'Values by the time they begin at.',
        {
          '0s': 20,
          '10m': 95,
        },
      ),
      'Data feeds by name: metadata that change during the run, as load, cost or weight.',
      { 'east-load': { '0s': 20, '10m': 95 } },
    ).exactOptional(),
    'feed-delay': field(DURATION, 'From a verdict or a value of a feed until every edge has it.', {
      fallback: FEED_DELAY,
    }).exactOptional(),
    empty: field(EMPTY_KIND, 'The answer when the chain has removed everything: nodata, or the first one.', {
      fallback: EMPTY,
    }).exactOptional(),
    'missing-up': field(MISSING_KIND, 'What up does with answers that have no such metadata.', {
      fallback: MISSING_UP,
    }).exactOptional(),
    policy: field(POLICY_KIND, 'Regions of a monitor that must say down: a majority, all, or one.', {
      fallback: POLICY,
    }).exactOptional(),
  }) as z.ZodType<OptionsDoc>,
  'Settings of NS1: data feeds, and rules where sources differ.',
);

function build(doc: OptionsDoc, path: Path, desk: OptionsDesk): Ns1Options {
  const { ledger } = desk;
  ledger.settle([...path, 'policy'], doc.policy, POLICY_KIND, POLICY);
  return {
    kind: 'ns1',
    feedDelay: ledger.settle([...path, 'feed-delay'], doc['feed-delay'], DURATION, FEED_DELAY),
    feeds: Object.entries(doc.feeds ?? {}).flatMap(([name, values]) => {
      return buildFeed(name, values, [...path, 'feeds', name], desk);
    }),
    disputes: {
      empty: ledger.settle([...path, 'empty'], doc.empty, EMPTY_KIND, EMPTY),
      missingUp: ledger.settle([...path, 'missing-up'], doc['missing-up'], MISSING_KIND, MISSING_UP),
    },
  };
}

function buildFeed(
  name: string,
  values: Readonly<Record<string, MetaValue>>,
  path: Path,
  { ledger, issues }: OptionsDesk,
): FeedSpec[] {
  const steps = Object.entries(values).flatMap(([time, value]) => {
    const at = DURATION.read(time);
    if (!(at instanceof Problem)) return [{ at, value: ledger.written([...path, time], value, valueKind) }];
    issues.add([...path, time], at.code, at.message, { hint: at.hint, atKey: true });
    return [];
  });
  steps.sort((a, b) => a.at - b.at);
  const [first, ...later] = steps;
  if (first?.at === 0) return [{ name, first: first.value, steps: later }];
  const hint = 'add 0s: VALUE';
  issues.add(path, 'scenario-ns1-feed', `the feed ${name} has no value at the beginning`, {
    hint,
    atKey: true,
  });
  return [];
}

export const OPTIONS: OptionsFormat = { schema, build: build as never };

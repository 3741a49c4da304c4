/** Settings under `providers.*.cloudflare`. */
import { z } from 'zod';
import type { Name } from '../../../dns/data/name.ts';
import {
  type BalancerRule,
  CF_REGIONS,
  type CfRegion,
  type CloudflareOptions,
  type Plan,
} from '../../../model/authority/providers/cloudflare/rule.ts';
import { type Cited, cited } from '../../../profiles/cited.ts';
import type { Path } from '../../document/tree.ts';
import { nameKind, wordKind } from '../../kinds.ts';
import { mapOf, oneOrMore } from '../../schema/common.ts';
import { about, field } from '../../schema/field.ts';
import type { OptionsDesk, OptionsFormat } from '../format.ts';

/** What is written there. */
export interface OptionsDoc {
  readonly plan?: Plan;
  readonly proxied?: readonly Name[];
  readonly flatten?: 'apex' | 'all';
  readonly flattened?: readonly Name[];
  readonly regions?: Readonly<Record<string, CfRegion>>;
  readonly 'dns-only-answer'?: BalancerRule['answer'];
  readonly 'interval-limits'?: CloudflareOptions['intervalLimits'];
}

const PLAN_KIND = wordKind(['free', 'pro', 'business', 'enterprise']);
const FLATTEN_KIND = wordKind(['apex', 'all']);
const ANSWER_KIND = wordKind(['one', 'all']);
const LIMITS_KIND = wordKind(['plan', 'limits-page']);

/** The plan where none is named. */
export const PLAN: Cited<Plan> = cited<Plan>(
  'pro',
  'assumption',
  "the plan whose shortest interval is the interface's default of 60 s",
);
const FLATTEN = cited<'apex' | 'all'>(
  'apex',
  'documentation',
  'Cloudflare, dns/cname-flattening: the apex always',
);
const ANSWER = cited<BalancerRule['answer']>(
  'one',
  'documentation',
  'Cloudflare, load-balancing/understand-basics/proxy-modes: the address for a healthy endpoint, by endpoint steering; the same page: an updated list of healthy addresses (all)',
);
/** Which page says how short an interval may be. */
export const LIMITS: Cited<CloudflareOptions['intervalLimits']> = cited<CloudflareOptions['intervalLimits']>(
  'plan',
  'documentation',
  'Cloudflare, load-balancing/monitors: 60 s Pro, 15 s Business, 10 s Enterprise; load-balancing/reference/limitations: 15 s for all others than Enterprise (limits-page)',
);

const names = (description: string): z.ZodType<Name[]> =>
  oneOrMore(field(nameKind, 'A name.', { example: 'www.example.com' }), description);

const schema: z.ZodType<OptionsDoc> = about(
  z.strictObject({
    plan: field(PLAN_KIND, 'The plan, for limits that are told as warnings.', {
      fallback: PLAN,
    }).exactOptional(),
    proxied: names(
      'Names whose A, AAAA or CNAME records are proxied: they resolve to the edge, requests go on to the records.',
    ).exactOptional(),
    flatten: field(FLATTEN_KIND, 'Which CNAMEs are answered with the addresses of their target.', {
      fallback: FLATTEN,
    }).exactOptional(),
    flattened: names('Names with a flattened CNAME beside the apex.').exactOptional(),
    regions: mapOf(
      field(wordKind(CF_REGIONS), 'One of the thirteen regions of load balancing.', { example: 'WEU' }),
      'Regions of load balancing by region of the scenario. Default: by its place.',
      { 'eu-west': 'WEU' },
    ).exactOptional(),
    'dns-only-answer': field(ANSWER_KIND, 'Addresses of a pool in one answer of a DNS-only balancer.', {
      fallback: ANSWER,
    }).exactOptional(),
    'interval-limits': field(LIMITS_KIND, 'Which page the shortest interval of monitors is taken from.', {
      fallback: LIMITS,
    }).exactOptional(),
  }) as z.ZodType<OptionsDoc>,
  'Settings of Cloudflare: what is proxied, what is flattened.',
);

export const OPTIONS: OptionsFormat = {
  schema,
  build(doc: OptionsDoc, path, desk): CloudflareOptions {
    const { ledger } = desk;
    return {
      kind: 'cloudflare',
      plan: ledger.settle([...path, 'plan'], doc.plan, PLAN_KIND, PLAN),
      proxied: doc.proxied ?? [],
      flattened: doc.flattened ?? [],
      flattensAll: ledger.settle([...path, 'flatten'], doc.flatten, FLATTEN_KIND, FLATTEN) === 'all',
      answer: ledger.settle([...path, 'dns-only-answer'], doc['dns-only-answer'], ANSWER_KIND, ANSWER),
      regions: regionsOf(doc, path, desk),
      intervalLimits: ledger.settle(
        [...path, 'interval-limits'],
        doc['interval-limits'],
        LIMITS_KIND,
        LIMITS,
      ),
    };
  },
};

function regionsOf(
  { regions = {} }: OptionsDoc,
  _path: Path,
  desk: OptionsDesk,
): ReadonlyMap<number, CfRegion> {
  return new Map(Object.entries(regions).map(([name, code]) => [desk.regions.indexOf(name), code] as const));
}

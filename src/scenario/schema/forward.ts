/** `forward:` of a resolver: whom it asks instead of authoritative servers. */
import { z } from 'zod';
import type { Micros } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import { durationKind, nameKind, textKind } from '../kinds.ts';
import { distinct, mapOf, oneOrMore, reference } from './common.ts';
import { about, field, withRules } from './field.ts';

export interface ForwardDoc {
  /** Names of resolver services; absent: only the zones are forwarded. */
  readonly to?: readonly string[];
  /** By zone as written. */
  readonly zones?: Readonly<Record<string, readonly string[]>>;
  readonly except?: readonly Name[];
  readonly 'round-trip'?: Micros;
  /** Written as a name or a list of names. */
  readonly short?: boolean;
}

const upstream = reference('A resolver service.', 'isp');
const upstreams = withRules(
  oneOrMore(upstream, 'Resolver services it forwards to, or one of them.') as z.ZodType<readonly string[]>,
  distinct('resolver'),
);

const detailed: z.ZodType<ForwardDoc> = withRules(
  about(
    z.strictObject({
      to: upstreams.exactOptional(),
      zones: mapOf(
        upstreams,
        'Other resolvers for the names of single zones (conditional forwarding, stub domains).',
        { 'corp.example.com': ['internal'] },
      ).exactOptional(),
      except: oneOrMore(
        field(nameKind, 'A name.', { example: 'example.net' }),
        'Names (with all below) that it resolves itself.',
      ).exactOptional(),
      'round-trip': field(
        durationKind(),
        'Round trip to these resolvers. Default: as the network between the regions.',
        { example: '2ms' },
      ).exactOptional(),
    }) as z.ZodType<ForwardDoc>,
    'Forwarding with rules.',
  ),
  ({ to, zones }) => {
    if (to !== undefined || zones !== undefined) return undefined;
    const message = 'nothing says whom it forwards to';
    return { code: 'scenario-forward-nowhere', message, path: ['to'], hint: 'add to: RESOLVER, or zones:' };
  },
);

/** One resolver, a list in order, or a map with rules. */
export const forwardSchema: z.ZodType<ForwardDoc> = about(
  z.union([
    field(textKind, 'A resolver service.').transform((name): ForwardDoc => ({ to: [name], short: true })),
    withRules(z.array(upstream).min(1) as z.ZodType<readonly string[]>, distinct('resolver')).transform(
      (to): ForwardDoc => ({ to, short: true }),
    ),
    detailed,
  ]) as z.ZodType<ForwardDoc>,
  'Resolvers it asks instead of authoritative servers: one, a list in order, or a map with to, zones, except.',
  ['isp'],
);

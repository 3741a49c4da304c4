/** Timeline entries that are changes at an instant: zone data, delegations, flushes, repairs. */
import { z } from 'zod';
import type { Seconds } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import type { RrType } from '../../dns/data/rrtype.ts';
import { DEFAULTS } from '../defaults.ts';
import { flagKind, nameKind, shareKind, textKind, ttlKind, typeKind } from '../kinds.ts';
import { type TargetText, targetKind } from '../target.ts';
import { oneOrMore, reference } from './common.ts';
import { repeats, WHEN, type WhenDoc } from './faults.ts';
import { about, field, withRules } from './field.ts';
import { OPERATIONS, type OperationDoc } from './operations.ts';

export type ChangeDoc = WhenDoc &
  (
    | { readonly restore: TargetText }
    | { readonly put: Name; readonly records: string; readonly providers?: readonly string[] }
    | {
        readonly remove: Name;
        readonly name: string;
        readonly type?: RrType;
        readonly providers?: readonly string[];
      }
    | {
        readonly ttl: Name;
        readonly name: string;
        readonly type: RrType;
        readonly to: Seconds;
        readonly providers?: readonly string[];
      }
    | {
        readonly delegate: Name;
        readonly to: readonly string[];
        readonly ttl?: Seconds;
        readonly child?: boolean;
      }
    | { readonly flush: FlushTarget; readonly share?: number; readonly name?: Name }
    | OperationDoc
  );

/** `all`, or `resolver isp`. */
export type FlushTarget = TargetText | 'all';

const change = (shape: Record<string, z.ZodType>, description: string): z.ZodType<ChangeDoc> =>
  withRules(
    about(z.strictObject({ ...shape, ...WHEN }) as unknown as z.ZodType<ChangeDoc>, description),
    repeats,
  );

const zone = field(nameKind, 'The zone that changes.', { example: 'example.com' });
const owner = field(textKind, 'Owner name, relative to the zone; @ is the zone itself.', { example: 'app' });
const type = field(typeKind, 'Record type.', { example: 'A' });
const providers = oneOrMore(
  reference('Name of a provider.', 'main'),
  'Only these providers get the change. Default: all that serve the zone.',
).exactOptional();

const flushTarget: z.ZodType<FlushTarget> = field(
  {
    ...targetKind,
    json: { type: 'string', pattern: '^(all|resolver .+)$' },
    read: (raw) => (raw === 'all' ? 'all' : targetKind.read(raw)),
    show: (value: FlushTarget) => (value === 'all' ? value : targetKind.show(value)),
  },
  'A resolver, or all.',
  { example: 'resolver isp' },
);

/** One schema per kind of change, by the key that names it; `delegate` before `ttl`, which it may hold too. */
export const CHANGES: Readonly<Record<string, z.ZodType<ChangeDoc>>> = {
  ...Object.fromEntries(
    Object.entries(OPERATIONS).map(([key, [shape, description]]) => [key, change(shape, description)]),
  ),
  restore: change(
    { restore: field(targetKind, 'What works again.', { example: 'endpoint us-east' }) },
    'Ends the faults on a target.',
  ),
  put: change(
    {
      put: zone,
      records: field(textKind, 'Master-file text; replaces the RRsets of these names and types.', {
        example: 'app 60 IN A 198.51.100.20',
      }),
      providers,
    },
    'Puts records into a zone.',
  ),
  remove: change(
    { remove: zone, name: owner, type: type.exactOptional(), providers },
    'Takes records out of a zone.',
  ),
  delegate: change(
    {
      delegate: zone,
      to: oneOrMore(reference('Name of a provider.', 'main'), 'Providers named from now on.'),
      ttl: field(ttlKind, 'TTL of the new NS set. Default: as before.').exactOptional(),
      child: field(flagKind, "Whether the zone's own NS set changes too. Default true.").exactOptional(),
    },
    'Changes the NS set of a zone at its parent.',
  ),
  ttl: change(
    { ttl: zone, name: owner, type, to: field(ttlKind, 'The new TTL.', { example: '60s' }), providers },
    'Changes the TTL of an RRset.',
  ),
  flush: change(
    {
      flush: flushTarget,
      share: field(shareKind, 'Share of the instances.', { fallback: DEFAULTS.flushShare }).exactOptional(),
      name: field(nameKind, 'Only this name. Default: everything.').exactOptional(),
    },
    'Empties resolver caches.',
  ),
};

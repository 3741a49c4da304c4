/** `resolvers:`: recursive resolver services. */
import { z } from 'zod';
import { RESOLVERS } from '../../profiles/resolvers.ts';
import { DEFAULTS } from '../defaults.ts';
import { numberKind, textKind, wholeKind } from '../kinds.ts';
import { RESOLVER_SETTINGS } from '../settings/resolver.ts';
import type { WrittenSettings } from '../settings/table.ts';
import { mapOf, oneOrMore, reference } from './common.ts';
import { about, field } from './field.ts';
import { type ForwardDoc, forwardSchema } from './forward.ts';
import { type ResponsePolicyDoc, responsePolicySchema } from './response-policy.ts';
import { settingsSchema } from './settings.ts';

export interface ResolverDoc {
  readonly profile?: string;
  readonly count?: number;
  readonly fragments?: number;
  readonly region?: string;
  readonly background?: number;
  readonly forward?: ForwardDoc;
  readonly 'response-policy'?: ResponsePolicyDoc;
  readonly corefile?: string;
  /** By address (or file) as the Corefile names it. */
  readonly upstreams?: Readonly<Record<string, readonly string[]>>;
  readonly with?: WrittenSettings;
}

const { resolver: defaults } = DEFAULTS;
const IDS = RESOLVERS.presets.map(({ id }) => id).join(', ');

const resolver: z.ZodType<ResolverDoc> = about(
  z.strictObject({
    profile: field(textKind, `Software or service: ${IDS}, or a profile of your own.`, {
      fallback: defaults.profile,
      example: 'unbound',
    }).exactOptional(),
    count: field(wholeKind(1, 1_000_000), 'Independent instances; clients are spread evenly over them.', {
      fallback: defaults.count,
    }).exactOptional(),
    fragments: field(
      wholeKind(1, 10_000),
      'Independent caches inside each instance; some profiles bring a number of their own.',
      {
        fallback: defaults.fragments,
      },
    ).exactOptional(),
    region: reference('Where it stands. Default: the first region.', 'us-east').exactOptional(),
    background: field(
      numberKind(0, ' per second'),
      'Queries per second and instance for each question, from users outside the scenario.',
      { fallback: defaults.background },
    ).exactOptional(),
    forward: forwardSchema.exactOptional(),
    'response-policy': responsePolicySchema.exactOptional(),
    corefile: field(
      textKind,
      'Configuration of CoreDNS, as a file or inline: cache, forward and stub domains follow from it.',
      { example: 'Corefile' },
    ).exactOptional(),
    upstreams: mapOf(
      oneOrMore(reference('A resolver service.', 'isp'), 'Resolver services that stand there.'),
      'Who stands at the addresses (or files) that the Corefile forwards to.',
      { '/etc/resolv.conf': 'isp' },
    ).exactOptional(),
    with: settingsSchema(RESOLVER_SETTINGS, 'Settings that differ from the profile.').exactOptional(),
  }),
  'A recursive resolver service.',
);

export const resolversSchema: z.ZodType<Record<string, ResolverDoc>> = mapOf(
  resolver,
  'Recursive resolver services, by name. Default: one, isp.',
  { isp: { profile: 'unbound', count: 20 } },
);

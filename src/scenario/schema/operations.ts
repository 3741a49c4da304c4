/** Timeline entries by which an operator moves policies, checks, feeds and proxies at their providers. */
import type { z } from 'zod';
import type { Name } from '../../dns/data/name.ts';
import type { FeedValue } from '../../model/spec.ts';
import { nameKind, numberKind, wordKind } from '../kinds.ts';
import { type LeverText, leverKind } from '../lever.ts';
import { valueKind } from '../providers/ns1/metadata.ts';
import { mapOf, reference } from './common.ts';
import { field } from './field.ts';

export type OperationDoc =
  | { readonly weight: LeverText; readonly to: Readonly<Record<string, number>> }
  | { readonly disable: LeverText; readonly policy?: string }
  | { readonly enable: LeverText; readonly policy?: string }
  | { readonly invert: LeverText }
  | { readonly push: LeverText; readonly to: FeedValue; readonly provider?: string }
  | { readonly proxy: Name; readonly to: ProxyState };

export type ProxyState = 'proxied' | 'dns-only';

const policy = reference(
  'Only this policy, by its NAME/TYPE. Default: every policy that has it.',
  'app.example.com/A',
).exactOptional();

/** The shape and the meaning of each operation, by the key that names it. */
export const OPERATIONS: Readonly<
  Record<string, readonly [shape: Record<string, z.ZodType>, about: string]>
> = {
  weight: [
    {
      weight: field(leverKind('policy'), 'The policy whose weights change.', {
        example: 'policy app.example.com/A',
      }),
      to: mapOf(
        field(numberKind(0), 'The new weight.', { example: 50 }),
        'Weights by name of endpoint (or pool, or other answer); those not named stay as they are.',
        { blue: 50, green: 50 },
      ),
    },
    'Changes weights of a policy.',
  ],
  disable: [
    {
      disable: field(
        leverKind('endpoint', 'pool', 'check', 'policy'),
        'What is taken out by hand: an endpoint of policies, a pool, a health check, a whole policy.',
        { example: 'endpoint us-east' },
      ),
      policy,
    },
    'Takes something out at its provider; the endpoint itself goes on running.',
  ],
  enable: [
    {
      enable: field(
        leverKind('endpoint', 'pool', 'check', 'policy'),
        'What is put back: an endpoint of policies, a pool, a health check, a whole policy.',
        { example: 'endpoint us-east' },
      ),
      policy,
    },
    'Puts back what was disabled.',
  ],
  invert: [
    {
      invert: field(leverKind('check'), 'The check that says the opposite from then on.', {
        example: 'check us-east',
      }),
    },
    'Turns a health check round; a second time it is as it was.',
  ],
  push: [
    {
      push: field(leverKind('feed'), 'The data feed.', { example: 'feed east-load' }),
      to: field(valueKind, 'The value from then on.', { example: 95 }),
      provider: reference('Whose feed it is, where several have one of this name.').exactOptional(),
    },
    'Sends a value to a data feed.',
  ],
  proxy: [
    {
      proxy: field(nameKind, 'The name.', { example: 'www.example.com' }),
      to: field(wordKind(['proxied', 'dns-only']), 'Through the proxy of its provider, or past it.', {
        example: 'dns-only',
      }),
    },
    'Moves a name behind the proxy of its provider, or out from behind it.',
  ],
};

/** `endpoints:`: what names lead to. */
import { z } from 'zod';
import { addressKind } from '../kinds.ts';
import { type CheckDoc, checkSchema } from './checks.ts';
import { mapOf, oneOrMore, reference } from './common.ts';
import { about, field } from './field.ts';

export interface EndpointDoc {
  readonly address: readonly string[];
  readonly region?: string;
  readonly check?: CheckDoc;
}

const endpoint: z.ZodType<EndpointDoc> = about(
  z.strictObject({
    address: oneOrMore(
      field(addressKind, 'An address.', { example: '203.0.113.10' }),
      'Address, or a list of them.',
    ),
    region: reference('Where the endpoint stands. Default: the first region.', 'us-east').exactOptional(),
    check: checkSchema.exactOptional(),
  }),
  'A service that clients connect to.',
);

export const endpointsSchema: z.ZodType<Record<string, EndpointDoc>> = mapOf(
  endpoint,
  'Services that clients connect to. Addresses in zones that no endpoint has become endpoints that never fail.',
  { 'us-east': { address: '203.0.113.10' } },
);

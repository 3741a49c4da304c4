/** `network:`: regions, delays and losses. */
import { z } from 'zod';
import type { Micros } from '../../base/time.ts';
import { DEFAULTS } from '../defaults.ts';
import { durationKind, numberKind, shareKind, wholeKind, wordKind } from '../kinds.ts';
import { blockKind, codeKind, degreesKind } from '../place-kinds.ts';
import { distinct, listOf, mapOf, oneOrMore, reference } from './common.ts';
import { about, field, withRules } from './field.ts';

export interface NetworkDoc {
  readonly regions?: readonly string[] | Readonly<Record<string, RegionDoc>>;
  readonly inside?: Micros;
  readonly between?: Micros;
  readonly 'round-trips'?: Readonly<Record<string, Micros>>;
  readonly spread?: number;
  readonly loss?: number;
  readonly stub?: Micros;
}

export interface RegionDoc {
  readonly inside?: Micros;
  readonly continent?: string;
  readonly country?: string;
  readonly state?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly networks?: readonly string[];
  readonly asns?: readonly number[];
}

const { network: defaults } = DEFAULTS;

const region: z.ZodType<RegionDoc> = about(
  z.strictObject({
    inside: field(durationKind(), 'Round trip inside this region.', { example: '10ms' }).exactOptional(),
    continent: field(
      wordKind(['AF', 'AN', 'AS', 'EU', 'NA', 'OC', 'SA']),
      'Continent, for policies by place. Default: by the name of the region, where it is widely known.',
    ).exactOptional(),
    country: field(codeKind, 'Country (ISO 3166-1).', { example: 'US' }).exactOptional(),
    state: field(codeKind, 'State or province (ISO 3166-2 without the country).', {
      example: 'VA',
    }).exactOptional(),
    latitude: field(degreesKind(90), 'Degrees north.', { example: 38.9 }).exactOptional(),
    longitude: field(degreesKind(180), 'Degrees east.', { example: -77.4 }).exactOptional(),
    networks: oneOrMore(
      field(blockKind, 'An address block.', { example: '198.51.100.0/24' }),
      'Address blocks of its clients, for policies by network.',
    ).exactOptional(),
    asns: oneOrMore(
      field(wholeKind(1, 2 ** 32 - 1), 'A number.', { example: 64500 }),
      'Numbers of the autonomous systems of its clients, for policies by network.',
    ).exactOptional(),
  }),
  'Settings of one region.',
);

const regions: z.ZodType<NonNullable<NetworkDoc['regions']>> = about(
  z.union([
    withRules(listOf(reference('Name of a region.', 'us-east'), 'Names of the regions.'), distinct('region')),
    mapOf(region, 'Regions with settings of their own.'),
  ]),
  'Places of the network; without it there is one region, world. The first is the default place of everything.',
  ['us-east', 'eu-west'],
);

export const networkSchema: z.ZodType<NetworkDoc> = about(
  z.strictObject({
    regions: regions.exactOptional(),
    inside: field(durationKind(), 'Round trip inside a region.', {
      fallback: defaults.inside,
    }).exactOptional(),
    between: field(durationKind(), 'Round trip between two regions.', {
      fallback: defaults.between,
    }).exactOptional(),
    'round-trips': mapOf(
      field(durationKind(), 'Round trip between the two regions.', { example: '80ms' }),
      'Round trips of pairs of regions, as REGION/REGION.',
      { 'us-east/eu-west': '80ms' },
    ).exactOptional(),
    spread: field(numberKind(1), 'p95 of the round-trip time divided by its median; 1 is constant.', {
      fallback: defaults.spread,
    }).exactOptional(),
    loss: field(shareKind, 'Packets lost in each direction.', { fallback: defaults.loss }).exactOptional(),
    stub: field(durationKind(), 'Round trip between a client and its resolver.', {
      fallback: defaults.stub,
    }).exactOptional(),
  }),
  'Regions, delays and losses.',
);

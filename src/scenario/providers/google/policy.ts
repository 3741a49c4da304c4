/** `policies.*.google`: one routing policy of Google Cloud DNS for an RRset. */
import { z } from 'zod';
import type {
  GeoItem,
  GeoPolicy,
  GoogleRule,
  Routing,
  WeightedItem,
} from '../../../model/authority/providers/google/rule.ts';
import { cited } from '../../../profiles/cited.ts';
import type { Path } from '../../document/tree.ts';
import { flagKind, numberKind, shareKind } from '../../kinds.ts';
import { listOf, mapOf } from '../../schema/common.ts';
import { about, field, type RuleBreach, withRules } from '../../schema/field.ts';
import type { PolicyDesk, PolicyFormat } from '../format.ts';
import { ITEM_SHAPE, type ItemDoc, ItemList, itemReferences, itemSchema } from './items.ts';
import { GOOGLE_LEVERS } from './levers.ts';
import { optionsOf } from './options.ts';
import { API, OVERVIEW } from './sources.ts';

type WeightedDoc = ItemDoc & { readonly weight: number };
type GeoDoc = Readonly<Record<string, ItemDoc>>;

interface FailoverDoc {
  readonly primary: ItemDoc;
  readonly backup: GeoDoc;
  readonly trickle?: number;
  readonly geofence?: boolean;
}

interface GoogleDoc {
  readonly wrr?: readonly WeightedDoc[];
  readonly geo?: GeoDoc;
  readonly geofence?: boolean;
  readonly failover?: FailoverDoc;
}

const GEOFENCE = cited(false, 'documentation', `${API}, enableFencing: the next nearest takes over`);
const TRICKLE = cited(
  0,
  'documentation',
  `${API}, trickleTraffic: optional; the overview calls 10 % typical`,
);
const SHUFFLE = cited(
  true,
  'assumption',
  `${OVERVIEW} says which addresses are returned, not in which order`,
);

const weight = field(numberKind(0), 'Weight.', { example: 70 });
const weighted: z.ZodType<WeightedDoc[]> = about(
  z.union([
    mapOf(weight, 'Weights by name of endpoint.').transform((map) =>
      Object.entries(map).map(([name, own]) => ({ endpoint: [name], weight: own })),
    ),
    listOf(
      about(z.strictObject({ ...ITEM_SHAPE, weight }), 'Addresses that are answered together, by weight.'),
      'Items with their weights.',
    ),
  ]) as unknown as z.ZodType<WeightedDoc[]>,
  'Weighted round robin: one item by weight, among those with a healthy address.',
  { 'us-east': 70, 'eu-west': 30 },
);

const geoItems: z.ZodType<GeoDoc> = withRules(
  mapOf(itemSchema, 'Items by region: the nearest with a healthy address is answered.', {
    'us-east': 'us-east',
    'eu-west': 'eu-west',
  }),
  (doc) =>
    Object.keys(doc).length > 0
      ? undefined
      : { code: 'scenario-google', message: 'a geolocation policy has at least one item', path: [] },
);

const geofence: z.ZodType<boolean> = field(
  flagKind,
  'Whether clients never leave their nearest item: all its addresses unhealthy, they are answered as they stand.',
  { fallback: GEOFENCE },
);

const failover: z.ZodType<FailoverDoc> = about(
  z.strictObject({
    primary: itemSchema,
    backup: geoItems,
    trickle: field(shareKind, 'Share of the queries answered with backups although the primary is healthy.', {
      fallback: TRICKLE,
    }).exactOptional(),
    geofence: geofence.exactOptional(),
  }) as unknown as z.ZodType<FailoverDoc>,
  'Failover: the primary while one of its addresses is healthy, else the backups by region.',
  { primary: 'us-east', backup: { 'eu-west': 'eu-west' }, trickle: '10%' },
);

const ROUTINGS = ['wrr', 'geo', 'failover'] as const;

function oneRouting(doc: GoogleDoc): RuleBreach | undefined {
  const found = ROUTINGS.filter((one) => doc[one]);
  const hint = `write one of ${ROUTINGS.join(', ')}`;
  if (found.length !== 1) {
    return { code: 'scenario-policy-kind', message: 'an RRset has one routing policy', path: [], hint };
  }
  if (doc.geofence === undefined || doc.geo) return undefined;
  const message = 'the fence belongs to a geolocation policy';
  const inside = doc.failover ? 'write it inside failover:' : 'remove the key';
  return { code: 'scenario-google', message, path: ['geofence'], hint: inside };
}

const schema: z.ZodType<GoogleDoc> = withRules(
  about(
    z.strictObject({
      wrr: weighted.exactOptional(),
      geo: geoItems.exactOptional(),
      geofence: geofence.exactOptional(),
      failover: failover.exactOptional(),
    }) as unknown as z.ZodType<GoogleDoc>,
    'A routing policy of Google Cloud DNS: wrr, geo or failover.',
    { geo: { 'us-east': 'us-east', 'eu-west': 'eu-west' }, geofence: true },
  ),
  oneRouting,
);

export const GOOGLE_POLICY: PolicyFormat = {
  schema,
  build(doc: GoogleDoc, desk) {
    const { ledger, common, path } = desk;
    const options = optionsOf(desk);
    const items = new ItemList(desk, options.dnssec);
    const routing = routingOf(doc, items, desk);
    const beside = [...path.slice(0, -1), 'shuffle'];
    const { candidates, backends } = items;
    const rule: GoogleRule = {
      kind: 'google',
      routing,
      backends,
      backendShare: options.backendShare,
      nearest: options.nearest,
      shuffle: ledger.settle(beside, common.shuffle, flagKind, SHUFFLE),
    };
    const watches = backends.flatMap((own) => own ?? []);
    const word = `google ${routing.kind === 'geo' && routing.fenced ? 'geofenced geo' : routing.kind}`;
    return { word, candidates, rule, ...(watches.length > 0 ? { watches } : {}) };
  },
  levers: GOOGLE_LEVERS,
};

function routingOf(doc: GoogleDoc, items: ItemList, desk: PolicyDesk): Routing {
  if (doc.wrr) return { kind: 'wrr', items: weightedItems(doc.wrr, items, desk) };
  if (doc.geo)
    return { kind: 'geo', ...geoPolicy(doc.geo, doc.geofence, [...desk.path, 'geo'], items, desk) };
  const { primary, backup, trickle, geofence: fence } = doc.failover!;
  const path = [...desk.path, 'failover'];
  const { allUnhealthy, trickleToUnhealthy } = optionsOf(desk);
  return {
    kind: 'failover',
    primary: items.add(primary, [...path, 'primary']),
    backup: geoPolicy(backup, fence, [...path, 'backup'], items, desk),
    trickle: desk.ledger.settle([...path, 'trickle'], trickle, shareKind, TRICKLE),
    trickleToUnhealthy,
    allUnhealthy,
  };
}

function weightedItems(docs: readonly WeightedDoc[], items: ItemList, desk: PolicyDesk): WeightedItem[] {
  const path = [...desk.path, 'wrr'];
  const isMap = desk.isMap(path);
  return docs.map((doc, at) => {
    const place = [...path, isMap ? doc.endpoint![0]! : at];
    return { addresses: items.add(doc, place), weight: doc.weight };
  });
}

/** @param path of the items; the fence stands beside them */
function geoPolicy(
  doc: GeoDoc,
  fence: boolean | undefined,
  path: Path,
  items: ItemList,
  { ledger, regions }: PolicyDesk,
): GeoPolicy {
  const beside = [...path.slice(0, -1), 'geofence'];
  return {
    items: Object.entries(doc).map(
      ([region, item]): GeoItem => ({
        addresses: items.add(item, [...path, region]),
        region: regions.indexOf(region),
      }),
    ),
    fenced: ledger.settle(beside, fence, flagKind, GEOFENCE),
  };
}

const PLACE = 'policies.*.google';

/** Where policies name endpoints, checks and regions. */
export const POLICY_REFERENCES: ReturnType<typeof itemReferences> = [
  ['endpoint', `${PLACE}.wrr.~`],
  ['region', `${PLACE}.geo.~`],
  ['region', `${PLACE}.failover.backup.~`],
  ...[`${PLACE}.wrr.#`, `${PLACE}.geo.*`, `${PLACE}.failover.primary`, `${PLACE}.failover.backup.*`].flatMap(
    itemReferences,
  ),
];

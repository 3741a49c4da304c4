/** A record of NS1 as a scenario writes it: answers with metadata, groups, and the chain of filters. */
import { z } from 'zod';
import type { Name } from '../../../dns/data/name.ts';
import type {
  MetaTable,
  Ns1Answer,
  Ns1Options,
  Ns1Rule,
} from '../../../model/authority/providers/ns1/rule.ts';
import { longestMatch } from '../../../model/authority/steering/networks.ts';
import type { CandidateSpec } from '../../../model/spec.ts';
import type { Path } from '../../document/tree.ts';
import { nameKind, textKind } from '../../kinds.ts';
import { listOf, mapOf } from '../../schema/common.ts';
import { about, field, withRules } from '../../schema/field.ts';
import { type CandidateDoc, candidateSchema } from '../candidate.ts';
import type { BuiltPolicy, PolicyDesk, PolicyFormat } from '../format.ts';
import { adviseOn } from './advice.ts';
import { buildChain, chainSchema, type FilterDoc, filtersIn } from './chain.ts';
import { NS1_LEVERS } from './levers.ts';
import { buildMeta, type MetaDoc, metaSchema } from './metadata.ts';
import { EMPTY, MISSING_UP } from './sources.ts';

interface AnswerDoc extends CandidateDoc {
  readonly meta?: MetaDoc;
  readonly group?: string;
}

interface RecordDoc {
  readonly link?: Name;
  readonly answers?: readonly AnswerDoc[];
  readonly groups?: Readonly<Record<string, MetaDoc>>;
  readonly meta?: MetaDoc;
  readonly chain?: readonly FilterDoc[];
}

const answer: z.ZodType<AnswerDoc> = candidateSchema<AnswerDoc>(
  'An answer: the name of an endpoint, or a map.',
  {
    meta: metaSchema.exactOptional(),
    group: field(textKind, 'Group of answers it belongs to, whose metadata it shares.', {
      example: 'europe',
    }).exactOptional(),
  },
);

const schema: z.ZodType<RecordDoc> = withRules(
  about(
    z.strictObject({
      answers: listOf(answer, 'Answers, in their order.').exactOptional(),
      groups: mapOf(metaSchema, 'Metadata of groups of answers, by name.', {
        europe: { georegion: 'EUROPE' },
      }).exactOptional(),
      meta: metaSchema.exactOptional(),
      chain: chainSchema.exactOptional(),
      link: field(nameKind, 'A linked record: answers whatever this name has of the type.', {
        example: 'www.example.com',
      }).exactOptional(),
    }) as z.ZodType<RecordDoc>,
    'Answers with metadata, and the chain of filters every query runs through.',
    { answers: ['us-east', 'eu-west'], chain: ['up', { select_first_n: { N: 1 } }] },
  ),
  (doc) => {
    if ((doc.link === undefined) !== (doc.answers === undefined)) return undefined;
    const message = 'a record has answers, or is linked to another';
    return { code: 'scenario-ns1-record', message, path: [], hint: 'write one of answers, link' };
  },
);

export const RECORD: PolicyFormat = { schema, build, levers: NS1_LEVERS };

function build(doc: RecordDoc, desk: PolicyDesk): BuiltPolicy {
  if (doc.link !== undefined) return linked(doc.link, desk);
  const built = doc.answers!.map((one, at) => buildAnswer(one, at, doc, desk));
  const pools = built.flatMap(({ pool }) => pool);
  const chain = buildChain(doc.chain ?? [], [...desk.path, 'chain'], desk);
  const groups = Object.entries(doc.groups ?? {}).map(([name, meta]) => {
    return [name, buildMeta(meta, [...desk.path, 'groups', name], desk)] as const;
  });
  let next = built.length;
  const answers = built.map(({ answer: one, pool }): Ns1Answer => {
    const places = pool.map(() => next++);
    return places.length > 0 ? { ...one, pool: places } : one;
  });
  const meta = buildMeta(doc.meta ?? {}, [...desk.path, 'meta'], desk);
  const rule: Ns1Rule = {
    kind: 'ns1',
    answers,
    groups: Object.fromEntries(groups),
    meta,
    chain,
    disputes: disputesOf(desk),
  };
  adviseOn(rule, filtersIn(doc.chain ?? []), desk);
  const watches = [...answers.map((one) => one.meta), ...Object.values(rule.groups), meta].flatMap(
    monitorsOf,
  );
  const candidates = [...built.map((one) => one.candidate), ...pools];
  return { word: 'ns1 chain', candidates, rule, ...(watches.length > 0 ? { watches } : {}) };
}

function monitorsOf(table: MetaTable): NonNullable<BuiltPolicy['watches']> {
  return Object.values(table).flatMap((source) => (source.kind === 'monitor' ? [source.of] : []));
}

function disputesOf({ provider }: PolicyDesk): Ns1Rule['disputes'] {
  if (provider.options?.kind === 'ns1') return (provider.options as Ns1Options).disputes;
  return { empty: EMPTY.value, missingUp: MISSING_UP.value };
}

/** A linked record is the other one, chain and all, under a name of its own. */
function linked(name: Name, desk: PolicyDesk): BuiltPolicy {
  const candidate = desk.candidate({ alias: name }, [...desk.path, 'link']);
  const rule: Ns1Rule = {
    kind: 'ns1',
    answers: [{ meta: {} }],
    groups: {},
    meta: {},
    chain: [],
    disputes: disputesOf(desk),
  };
  return { word: 'ns1 link', candidates: [candidate], rule };
}

interface BuiltAnswer {
  readonly candidate: CandidateSpec;
  readonly answer: Ns1Answer;
  readonly pool: readonly CandidateSpec[];
}

function buildAnswer(doc: AnswerDoc, at: number, record: RecordDoc, desk: PolicyDesk): BuiltAnswer {
  const place = [...desk.path, 'answers', at];
  const { health, ...candidate } = desk.candidate(doc, place);
  const { group } = doc;
  const written = buildMeta(doc.meta ?? {}, [...place, 'meta'], desk);
  const above = { ...record.meta, ...(group === undefined ? {} : record.groups?.[group]) };
  const implied: MetaTable =
    health && !('up' in written) && !('up' in above) ? impliedUp(health, [...place, 'meta', 'up'], desk) : {};
  const meta = { ...implied, ...written };
  return {
    candidate,
    answer: { meta, ...(group === undefined ? {} : { group }) },
    pool: poolOf(candidate, meta, record, place, desk),
  };
}

/** The monitor of the answer's own endpoint, where nothing else is said. */
function impliedUp(of: NonNullable<CandidateSpec['health']>, path: Path, { ledger }: PolicyDesk): MetaTable {
  ledger.note(path, 'its monitor', { kind: 'derived', why: "the check of the answer's endpoint feeds it" });
  return { up: { kind: 'monitor', of, up: true, down: false } };
}

/** The addresses of the answer's endpoint inside its prefixes, for `ipv4_prefix_shuffle`. */
function poolOf(
  candidate: CandidateSpec,
  { ip_prefixes: prefixes }: MetaTable,
  { chain = [] }: RecordDoc,
  place: Path,
  desk: PolicyDesk,
): CandidateSpec[] {
  const shuffles = filtersIn(chain).some(({ filter }) => filter === 'ipv4_prefix_shuffle');
  if (!shuffles || prefixes?.kind !== 'fixed') return [];
  const blocks = [prefixes.value].flat().map(String);
  const pool = desk
    .addressesOf(candidate)
    .filter((address) => longestMatch(blocks, [address]) >= 0)
    .map((address) => desk.candidate({ records: [address] }, place));
  if (pool.length > 0) return pool;
  const message = 'no address of the endpoint lies in the prefixes';
  const hint = 'list addresses of the prefixes as those of the endpoint: they are what is drawn from';
  desk.issues.add([...place, 'meta', 'ip_prefixes'], 'scenario-ns1-prefixes', message, { hint });
  return [];
}

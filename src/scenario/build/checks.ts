/** Health checks: those of endpoints, and those that stand by themselves. */
import type { Micros } from '../../base/time.ts';
import type { CheckSpec, EndpointSpec, HealthRef, NamedCheckSpec, SignalSpec } from '../../model/spec.ts';
import type { Cited } from '../../profiles/cited.ts';
import { DEFAULTS } from '../defaults.ts';
import type { Path } from '../document/tree.ts';
import { durationKind, flagKind, shareKind, textKind, wholeKind, wordKind } from '../kinds.ts';
import { formatOf } from '../providers/catalogue.ts';
import type { CheckersFormat, Votes as CheckerVotes } from '../providers/format.ts';
import { type CheckDoc, type NamedCheckDoc, WAYS } from '../schema/checks.ts';
import type { Draft } from './draft.ts';

const { check: defaults, alarm } = DEFAULTS;
const DURATION = durationKind();
const COUNT = wholeKind(1);

/** A probe of an endpoint. @param region where the endpoint stands */
export function buildCheck(draft: Draft, doc: CheckDoc, region: number, path: Path): CheckSpec {
  const { ledger } = draft;
  const kind = WAYS.find((way) => doc[way] !== undefined && doc[way] !== false)!;
  const probe = doc.https ?? doc.http ?? '';
  ledger.note([...path, kind], probe || 'true', ledger.authorOf([...path, kind]));
  const checkers = checkersOf(draft, doc, path);
  const fallback = checkers ?? defaults;
  const patience = (kind === 'tcp' ? checkers?.tcpTimeout : undefined) ?? fallback.timeout;
  const inverted = ledger.settle([...path, 'inverted'], doc.inverted, flagKind, defaults.inverted);
  const delay = checkers?.aggregation ?? defaults.aggregation;
  const aggregation = ledger.settle([...path, 'verdict-delay'], doc['verdict-delay'], DURATION, delay);
  const from = wordKind(['schedule', 'response']);
  const interval = ledger.settle([...path, 'interval'], doc.interval, DURATION, fallback.interval);
  warnOfInterval(draft, interval, checkers?.leastInterval, path);
  return {
    kind,
    path: probe,
    interval,
    timeout: ledger.settle([...path, 'timeout'], doc.timeout, DURATION, patience),
    failures: ledger.settle([...path, 'failures'], doc.failures, COUNT, fallback.failures),
    successes: ledger.settle([...path, 'successes'], doc.successes, COUNT, fallback.successes),
    ...votesOf(draft, doc, region, checkers, path),
    intervalFrom: ledger.settle(
      [...path, 'interval-from'],
      doc['interval-from'],
      from,
      fallback.intervalFrom,
    ),
    ...phaseOf(draft, doc, path),
    ...initialOf(draft, doc, checkers, path),
    ...(inverted ? { inverted } : {}),
    ...(checkers?.recheck ? { recheck: checkers.recheck.value } : {}),
    ...(aggregation > 0 ? { aggregation } : {}),
  };
}

/** How the checkers of the provider that probes work; nothing when they are nobody's. */
function checkersOf(
  { doc: { providers = {} }, ledger }: Draft,
  doc: CheckDoc,
  path: Path,
): CheckersFormat | undefined {
  const first = Object.keys(providers).find((name) => formatOf(providers[name]!.kind).checkers);
  const name = doc.by ?? first;
  if (name === undefined) return undefined;
  ledger.derive([...path, 'by'], doc.by, textKind, name, 'the first provider with checkers of its own');
  const format = formatOf(providers[name]?.kind);
  const own = (providers[name] as unknown as Readonly<Record<string, object>> | undefined)?.[format.kind];
  return format.checkersFor?.((own ?? {}) as never) ?? format.checkers;
}

/** Warns of an interval that the provider would refuse. */
function warnOfInterval(
  { issues }: Draft,
  interval: Micros,
  least: Cited<Micros> | undefined,
  path: Path,
): void {
  if (least === undefined || interval >= least.value) return;
  const message = `its checkers probe at most every ${DURATION.show(least.value)}`;
  const at = [...path, 'interval'];
  issues.add(at, 'scenario-short-interval', message, { severity: 'warning', hint: least.source });
}

type Votes = Pick<CheckSpec, 'regions' | 'quorum' | 'regionQuorum'>;

function votesOf(
  draft: Draft,
  doc: CheckDoc,
  region: number,
  checkers: CheckersFormat | undefined,
  path: Path,
): Votes {
  const { ledger } = draft;
  const own = { indexes: [region], why: "the endpoint's own region" };
  const standing = checkers?.regions(draft.regions) ?? own;
  const regions = doc.regions?.map((name) => draft.regions.indexOf(name)) ?? standing.indexes;
  const names = regions.map((index) => draft.regions[index]).join(', ');
  ledger.derive([...path, 'regions'], doc.regions?.join(', '), textKind, names, standing.why);
  const majority: CheckerVotes = {
    quorum: Math.floor(regions.length / 2) + 1,
    why: 'the majority of the checkers',
  };
  const votes = checkers?.quorum(regions) ?? majority;
  const quorum = ledger.derive([...path, 'quorum'], doc.quorum, COUNT, votes.quorum, votes.why);
  const inRegion = doc['region-quorum'] ?? votes.regionQuorum;
  if (inRegion === undefined) return { regions, quorum };
  ledger.derive([...path, 'region-quorum'], doc['region-quorum'], COUNT, inRegion, votes.why);
  return { regions, quorum, regionQuorum: inRegion };
}

/** What a check says at first; as the model has it where neither the check nor the provider's checkers say so. */
function initialOf(
  { ledger }: Draft,
  { initial }: CheckDoc,
  checkers: CheckersFormat | undefined,
  path: Path,
): Pick<CheckSpec, 'initial'> {
  const kind = wordKind(['healthy', 'unhealthy']);
  const at = [...path, 'initial'];
  if (initial !== undefined) return { initial: ledger.written(at, initial, kind) };
  return checkers?.initial ? { initial: ledger.settle(at, initial, kind, checkers.initial) } : {};
}

function phaseOf({ ledger }: Draft, { phase }: CheckDoc, path: Path): { readonly phase?: number } {
  if (phase !== undefined) return { phase: ledger.written([...path, 'phase'], phase, DURATION) };
  ledger.note([...path, 'phase'], 'random', { kind: 'derived', why: 'drawn uniformly over one interval' });
  return {};
}

/** `checks:` in its order. @param providers names of the providers, in their order */
export function buildNamedChecks(
  draft: Draft,
  endpoints: readonly EndpointSpec[],
  providers: readonly string[],
): NamedCheckSpec[] {
  const docs = Object.entries(draft.doc.checks ?? {});
  return docs.map(([name, doc], index) => {
    const known = docs.slice(0, index).map(([earlier]) => earlier);
    const check = buildSignal(draft, doc, ['checks', name], endpoints, known);
    return { name, check, ...(doc.by === undefined ? {} : { provider: providers.indexOf(doc.by) }) };
  });
}

function buildSignal(
  draft: Draft,
  doc: NamedCheckDoc,
  path: Path,
  endpoints: readonly EndpointSpec[],
  known: readonly string[],
): SignalSpec {
  const { ledger } = draft;
  if (doc.endpoint !== undefined) {
    const endpoint = endpoints.findIndex(({ name }) => name === doc.endpoint);
    return { kind: 'probe', endpoint, probe: buildCheck(draft, doc, endpoints[endpoint]!.region, path) };
  }
  const inverted = ledger.settle([...path, 'inverted'], doc.inverted, flagKind, defaults.inverted);
  if (doc.of) {
    const of = doc.of.flatMap((name, at) => childOf(draft, name, [...path, 'of', at], endpoints, known));
    const whole = wholeKind(0);
    const needed = ledger.derive([...path, 'at-least'], doc['at-least'], whole, of.length, 'all of them');
    return { kind: 'calculated', of, needed, inverted };
  }
  return {
    kind: 'metric',
    endpoint: endpoints.findIndex(({ name }) => name === doc.metric),
    threshold: ledger.settle([...path, 'threshold'], doc.threshold, shareKind, alarm.threshold),
    period: ledger.settle([...path, 'period'], doc.period, DURATION, alarm.period),
    points: ledger.settle([...path, 'points'], doc.points, COUNT, alarm.points),
    missing: ledger.settle(
      [...path, 'missing'],
      doc.missing,
      wordKind(['healthy', 'unhealthy', 'last-known']),
      alarm.missing,
    ),
    inverted,
  };
}

function childOf(
  draft: Draft,
  name: string,
  path: Path,
  endpoints: readonly EndpointSpec[],
  known: readonly string[],
): HealthRef[] {
  const check = known.indexOf(name);
  if (check >= 0) return [{ kind: 'check', check }];
  const endpoint = endpoints.findIndex((one) => one.name === name);
  if (endpoints[endpoint]?.check) return [{ kind: 'endpoint', endpoint }];
  const message = `'${name}' is neither a check listed before this one nor an endpoint with a check`;
  draft.issues.add(path, 'scenario-no-check', message, {
    hint: 'list it before, or add a check to the endpoint',
  });
  return [];
}

/** Timeline entries that are faults. */

import { didYouMean } from '../../base/suggest.ts';
import type { Micros } from '../../base/time.ts';
import type { Name } from '../../dns/data/name.ts';
import type { EffectSpec, FaultSpec, TargetSpec } from '../../model/spec.ts';
import { fits } from '../../model/timeline/fits.ts';
import { DEFAULTS } from '../defaults.ts';
import { nodeAt, type Path } from '../document/tree.ts';
import { durationKind, flagKind, nameKind, numberKind, shareKind, wordKind } from '../kinds.ts';
import type { FaultDoc } from '../schema/faults.ts';
import { type TargetText, targetKind } from '../target.ts';
import type { Draft } from './draft.ts';
import type { HostedZone } from './hierarchy.ts';
import { type Inhabitants, targetsOf } from './targets.ts';
import { readRecords } from './zone-text.ts';

const { fault: defaults } = DEFAULTS;
const DURATION = durationKind();

/** What faults are built from. */
export interface FaultContext extends Inhabitants {
  readonly draft: Draft;
  /** The listed zones. */
  readonly listed: readonly HostedZone[];
}

/** One occurrence of a fault entry: a fault per target. @param at its start, repetitions counted in */
export function buildFaults(context: FaultContext, doc: FaultDoc, at: Micros, path: Path): FaultSpec[] {
  const { draft } = context;
  const { verb, text } = subjectOf(doc);
  const family = 'family' in doc ? doc.family : undefined;
  const targets = targetsOf(draft, text, family, context, [...path, verb]);
  const effect = effectOf(context, doc, targets, path);
  if (!effect) return [];
  const unfit = targets.find((target) => !fits(target, effect.kind));
  if (unfit) {
    const message = `${verb} means nothing to ${targetKind.show(text)}`;
    draft.issues.add([...path, verb], 'scenario-unfit-target', message, { hint: hintFor(effect) });
    return [];
  }
  const label = doc.label ?? labelOf(doc, text);
  const until = doc.for === undefined ? (doc.until ?? Number.POSITIVE_INFINITY) : at + doc.for;
  const ramp = draft.ledger.settle([...path, 'ramp'], doc.ramp, DURATION, defaults.ramp);
  return targets.map((target) => ({ kind: 'fault', label, at, until, ramp, target, effect }));
}

function subjectOf(doc: FaultDoc): { readonly verb: string; readonly text: TargetText } {
  if ('fail' in doc) return { verb: 'fail', text: doc.fail };
  if ('slow' in doc) return { verb: 'slow', text: doc.slow };
  if ('lossy' in doc) return { verb: 'lossy', text: doc.lossy };
  if ('wrong' in doc) return { verb: 'wrong', text: doc.wrong };
  if ('flood' in doc) return { verb: 'flood', text: doc.flood };
  if ('capacity' in doc) return { verb: 'capacity', text: doc.capacity };
  if ('errors' in doc) return { verb: 'errors', text: doc.errors };
  if ('random-subdomains' in doc) return { verb: 'random-subdomains', text: doc['random-subdomains'] };
  return { verb: 'false-alarm', text: doc['false-alarm'] };
}

function hintFor({ kind }: EffectSpec): string {
  if (kind === 'errors') return 'it takes an endpoint, or the proxy of a provider';
  if (kind === 'false-alarm') return 'it takes an endpoint';
  if (kind === 'random-subdomains') return 'it takes a resolver, through which the bots ask';
  if (kind === 'down' || kind === 'slow' || kind === 'lossy')
    return 'health and control planes can only fail or be slow';
  return 'it takes a server, a site or a provider';
}

function effectOf(
  context: FaultContext,
  doc: FaultDoc,
  targets: readonly TargetSpec[],
  path: Path,
): EffectSpec | undefined {
  const { ledger } = context.draft;
  if ('fail' in doc) {
    if (doc.mode === undefined && targets.every(isProxy)) return proxyErrors(context.draft, path);
    const modes = wordKind(['silent', 'refused']);
    return { kind: 'down', mode: ledger.settle([...path, 'mode'], doc.mode, modes, defaults.mode) };
  }
  if ('slow' in doc) return { kind: 'slow', extra: ledger.written([...path, 'extra'], doc.extra, DURATION) };
  if ('lossy' in doc) return { kind: 'lossy', loss: ledger.written([...path, 'loss'], doc.loss, shareKind) };
  if ('wrong' in doc) return wrongAnswer(context, doc, targets, path);
  if ('flood' in doc) return { kind: 'flood', perSecond: doc.rate };
  if ('capacity' in doc) return { kind: 'capacity', perSecond: doc.rate };
  if ('errors' in doc) {
    const hidden = ledger.settle([...path, 'hidden'], doc.hidden, flagKind, defaults.hidden);
    return { kind: 'errors', share: ledger.written([...path, 'share'], doc.share, shareKind), hidden };
  }
  if ('random-subdomains' in doc) return randomSubdomains(context, doc, path);
  return { kind: 'false-alarm' };
}

/** Names that nobody has are asked for below a zone that somebody serves. */
function randomSubdomains(
  { draft, listed }: FaultContext,
  doc: Extract<FaultDoc, { readonly 'random-subdomains': TargetText }>,
  path: Path,
): EffectSpec {
  const origin = draft.ledger.written([...path, 'zone'], doc.zone, nameKind);
  const perSecond = draft.ledger.written([...path, 'rate'], doc.rate, numberKind(0));
  const origins = listed.map(({ zone }) => zone.origin);
  if (!origins.includes(origin)) {
    const hint = didYouMean(origin, origins) ?? 'name a zone of this scenario';
    draft.issues.add([...path, 'zone'], 'scenario-unknown-zone', `there is no zone '${origin}'`, { hint });
  }
  return { kind: 'random-subdomains', origin, perSecond };
}

function isProxy(target: TargetSpec): boolean {
  return target.kind === 'plane' && target.plane === 'proxy';
}

/** A proxy that fails still takes connections, and answers every request with an error (18 November 2025). */
function proxyErrors({ ledger }: Draft, path: Path): EffectSpec {
  const why = 'a proxy that fails still takes connections; mode: silent or refused for one that does not';
  ledger.note([...path, 'answer'], 'HTTP 5xx', { kind: 'derived', why });
  return { kind: 'errors', share: 1, hidden: false };
}

type WrongDoc = Extract<FaultDoc, { readonly wrong: TargetText }>;

function wrongAnswer(
  context: FaultContext,
  doc: WrongDoc,
  targets: readonly TargetSpec[],
  path: Path,
): EffectSpec | undefined {
  const { answer, record, zone } = doc;
  if (record !== undefined) return wrongRecord(context, doc, targets, path);
  if (answer === 'servfail') return { kind: 'rcode', rcode: 'SERVFAIL' };
  if (answer === 'refused') return { kind: 'rcode', rcode: 'REFUSED' };
  return { kind: answer!, ...(zone === undefined ? {} : { origin: zone }) };
}

function wrongRecord(
  { draft, listed }: FaultContext,
  { record, zone }: WrongDoc,
  targets: readonly TargetSpec[],
  path: Path,
): EffectSpec | undefined {
  const at = [...path, 'record'];
  const { sets, issues } = readRecords(
    record!,
    zone ?? zoneServedBy(listed, targets),
    nodeAt(draft.tree, at)!,
  );
  draft.issues.issues.push(...issues);
  if (sets.length === 1) return { kind: 'wrong-record', rrset: sets[0]! };
  if (!issues.some(({ severity }) => severity === 'error')) {
    const hint = 'write one RRset, for example app.example.com. 300 IN A 192.0.2.66';
    draft.issues.add(at, 'scenario-one-record', `there are ${sets.length} RRsets instead of one`, { hint });
  }
  return undefined;
}

/** Zone that relative names of a wrong record belong to: the first listed one that the target serves. */
function zoneServedBy(listed: readonly HostedZone[], targets: readonly TargetSpec[]): Name {
  const hit = listed.find(({ providers }) => {
    return targets.some((target) => 'provider' in target && providers.includes(target.provider));
  });
  return hit?.zone.origin ?? ('.' as Name);
}

function labelOf(doc: FaultDoc, text: TargetText): string {
  const target = targetKind.show(text);
  if ('fail' in doc) return `${target} fails${doc.mode === 'refused' ? ' (refused)' : ''}`;
  if ('slow' in doc) return `${target} is ${DURATION.show(doc.extra)} slower`;
  if ('lossy' in doc) return `${target} loses ${shareKind.show(doc.loss)} of packets`;
  if ('wrong' in doc) return `${target} answers ${doc.answer ?? doc.record}`;
  if ('flood' in doc) return `${target} is flooded with ${doc.rate} queries per second`;
  if ('capacity' in doc) return `${target} is limited to ${doc.rate} queries per second`;
  if ('errors' in doc) return `${target} fails ${shareKind.show(doc.share)} of requests`;
  if ('random-subdomains' in doc)
    return `${doc.rate} random names per second below ${doc.zone} through ${target}`;
  return `false alarm about ${target}`;
}

/**
 * Timeline entries by which an operator moves policies: weights, endpoints, pools, whole policies. The desk follows the
 * policies through time, so each entry starts from what the ones before it have left.
 */
import { didYouMean } from '../../base/suggest.ts';
import type { Micros } from '../../base/time.ts';
import { makeRRset } from '../../dns/data/rrset.ts';
import { candidateRdata } from '../../model/authority/steering/offers.ts';
import type { ChangeSpec, PolicySpec } from '../../model/spec.ts';
import type { Path } from '../document/tree.ts';
import { Problem } from '../kinds.ts';
import type { LeverText, LeverWord } from '../lever.ts';
import { POLICY_FORMATS } from '../providers/catalogue.ts';
import type { PolicyLevers } from '../providers/levers.ts';
import { type PolicyDoc, wordOf } from '../schema/policies.ts';
import type { OperationEntry, OperationOf, OperationParts } from './operation-parts.ts';
import { readSubject, rebuiltPolicy, type Subject, zoneOf } from './policies.ts';
import { SettingDesk } from './setting-changes.ts';

/** A policy on its way through the timeline. */
interface Held extends Subject {
  readonly key: string;
  readonly word: string;
  readonly levers: PolicyLevers;
  /** As the scenario has it. */
  readonly first: PolicyDoc;
  /** As it stands at the moment. */
  doc: PolicyDoc;
  /** It answers with nothing, so its name has what the zone has. */
  isOff: boolean;
}

/** Moves a rule; nothing when the rule has no such thing. */
type Move = (levers: PolicyLevers, rule: never, first: never) => unknown;

const HINTS: Readonly<Partial<Record<LeverWord, string>>> = {
  endpoint:
    'profiles of azure, pools of cloudflare and answers of ns1 have such a switch; elsewhere set its weight to 0, or use fail: endpoint',
  pool: 'name a pool of a cloudflare policy',
  policy: 'profiles of azure and balancers of cloudflare have such a switch',
};

export class OperationDesk {
  readonly #parts: OperationParts;
  readonly #held: readonly Held[];
  readonly #settings: SettingDesk;

  constructor(parts: OperationParts) {
    this.#parts = parts;
    this.#settings = new SettingDesk(parts);
    this.#held = Object.entries(parts.draft.doc.policies ?? {}).flatMap(([key, doc]) => {
      const word = wordOf(doc);
      const subject = readSubject(key);
      if (word === undefined || !subject) return [];
      const { levers = {} } = POLICY_FORMATS.get(word)!;
      const built = parts.policies.find((one) => isSame(one, subject));
      return [{ ...subject, key, word, levers, first: doc, doc, isOff: built?.candidates.length === 0 }];
    });
  }

  build(doc: OperationEntry, at: Micros, path: Path): ChangeSpec[] {
    if ('weight' in doc) return this.#weigh(doc, at, path);
    if ('disable' in doc) return this.#turn(doc, doc.disable, at, [...path, 'disable']);
    if ('enable' in doc) return this.#turn(doc, doc.enable, at, [...path, 'enable']);
    if ('invert' in doc) {
      const label = doc.label ?? `the check ${doc.invert.name} is turned round`;
      return this.#settings.check(doc.invert.name, { turned: true }, { label, at }, [...path, 'invert']);
    }
    return 'push' in doc ? this.#settings.push(doc, at, path) : this.#proxy(doc, at, path);
  }

  #weigh(doc: OperationOf<'weight'>, at: Micros, path: Path): ChangeSpec[] {
    const held = this.#policyOf(doc.weight.name, [...path, 'weight']);
    if (!held) return [];
    for (const [name, value] of Object.entries(doc.to)) {
      const place = [...path, 'to', name];
      const read = held.levers.weights?.read(value);
      if (read instanceof Problem) this.#complain(place, read.code, read.message, read.hint);
      if (!moved(held, ({ weigh }, rule) => weigh?.(rule, name, value))) this.#noWeight(held, name, place);
    }
    const shares = Object.entries(doc.to).map(([name, value]) => `${name} ${value}`);
    const label = doc.label ?? `weights of ${held.key}: ${shares.join(', ')}`;
    return this.#changed([held], label, at, [...path, 'to']);
  }

  #turn(
    doc: OperationOf<'disable'> | OperationOf<'enable'>,
    { word, name }: LeverText,
    at: Micros,
    path: Path,
  ): ChangeSpec[] {
    const isOn = 'enable' in doc;
    const label = doc.label ?? `${word} ${name} is ${isOn ? 'enabled' : 'disabled'}`;
    if (word === 'check') return this.#settings.check(name, { disabled: !isOn }, { label, at }, path);
    const key = word === 'policy' ? name : doc.policy;
    const keyPath = word === 'policy' ? path : [...path.slice(0, -1), 'policy'];
    const only = key === undefined ? undefined : this.#policyOf(key, keyPath);
    if (key !== undefined && !only) return [];
    const changed = (only ? [only] : this.#held).filter((held) => moved(held, moveOf(word, name, isOn)));
    if (changed.length > 0) return this.#changed(changed, label, at, path);
    const message = only
      ? `a ${only.word} policy cannot switch ${word === 'policy' ? 'itself' : `the ${word} ${name}`}`
      : `no policy can switch the ${word} ${name}`;
    this.#complain(path, 'scenario-no-switch', message, HINTS[word]);
    return [];
  }

  #proxy(doc: OperationOf<'proxy'>, at: Micros, path: Path): ChangeSpec[] {
    const change = this.#settings.proxy(doc, at, path);
    if (!change) return [];
    const balanced = this.#held.filter(
      (held) =>
        held.name === doc.proxy && moved(held, ({ proxy }, rule) => proxy?.(rule, doc.to === 'proxied')),
    );
    if (balanced.length === 0) return [change];
    return [...this.#changed(balanced, `${change.label} (its balancer)`, at, path), change];
  }

  /** Policies as they stand now, and the plain record of a name that one of them leaves or takes over. */
  #changed(some: readonly Held[], label: string, at: Micros, path: Path): ChangeSpec[] {
    const built = some.map((held) => {
      const { policy, issues } = rebuiltPolicy(this.#parts.draft, held.key, held.doc, this.#parts.around);
      for (const { severity, code, message, hint } of issues) {
        if (severity === 'error') this.#complain(path, code, message, hint);
      }
      return { held, policy };
    });
    const records = built.flatMap(({ held, policy }) =>
      policy ? this.#record(held, policy, label, at) : [],
    );
    const policies = built.flatMap(({ policy }) => policy ?? []);
    return [...records, { kind: 'change', label, at, change: { kind: 'policies', policies } }];
  }

  /** A name that only its policy holds is gone when the policy is off, and back with it. */
  #record(held: Held, policy: PolicySpec, label: string, at: Micros): ChangeSpec[] {
    const { name, type, ttl, provider, candidates } = policy;
    const isOff = candidates.length === 0;
    const wasOff = held.isOff;
    held.isOff = isOff;
    const { zone } = zoneOf(this.#parts.around.zones, name, provider)!;
    if (isOff === wasOff || zone.get(name, type)) return [];
    const rdata = candidates.flatMap((one) => candidateRdata(one, type, this.#parts.around.endpoints));
    const put = rdata.length > 0 ? [makeRRset(name, type, ttl, rdata)] : [];
    const remove = isOff ? [{ name, type }] : [];
    const change = { kind: 'zone', origin: zone.origin, put, remove, providers: [provider] } as const;
    return [{ kind: 'change', label: `${label} (the plain record)`, at, change }];
  }

  #policyOf(key: string, path: Path): Held | undefined {
    const subject = readSubject(key);
    const held = subject && this.#held.find((one) => isSame(one, subject));
    if (held) return held;
    const known = this.#held.map((one) => one.key);
    const hint = didYouMean(key, known) ?? 'the scenario defines no policy';
    this.#complain(path, 'scenario-unknown-policy', `there is no policy '${key}'`, hint);
    return undefined;
  }

  #noWeight({ key, word, levers }: Held, name: string, path: Path): void {
    const message = levers.weigh
      ? `${key} has nothing called '${name}' with a weight`
      : `a ${word} policy has no weights`;
    const hint = levers.weigh ? 'name an endpoint or a pool of a weighted policy' : 'write a weighted policy';
    this.#complain(path, 'scenario-no-weight', message, hint);
  }

  #complain(path: Path, code: string, message: string, hint: string | undefined): void {
    this.#parts.draft.issues.add(path, code, message, { hint });
  }
}

function isSame(one: Subject, other: Subject): boolean {
  return one.name === other.name && one.type === other.type;
}

function moveOf(word: LeverWord, name: string, isOn: boolean): Move {
  if (word === 'policy') return ({ whole }, rule) => whole?.(rule, isOn);
  if (word === 'pool') return ({ pool }, rule) => pool?.(rule, name, isOn);
  return ({ endpoint }, rule, first) => endpoint?.(rule, name, isOn, first);
}

/** Moves what a policy holds, and says whether there was something to move. */
function moved(held: Held, move: Move): boolean {
  const after = move(held.levers, held.doc[held.word] as never, held.first[held.word] as never);
  if (after === undefined) return false;
  held.doc = { ...held.doc, [held.word]: after };
  return true;
}

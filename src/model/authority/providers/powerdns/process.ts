/** One PowerDNS process as its health checks see the world: sweeps, results, restarts. */
import { describeDuration, type Micros, SECOND } from '../../../../base/time.ts';
import type { Name } from '../../../../dns/data/name.ts';
import type { CheckSpec } from '../../../spec.ts';
import type { ProviderContext } from '../../provider.ts';
import type { FirstAsk } from './asks.ts';
import { type CheckEntry, CheckTable, takeResult } from './check-table.ts';
import type { Setting } from './evaluation.ts';
import type { OwnState } from './own-state.ts';
import type { ProcessPlace } from './processes.ts';
import { reviewRecords } from './review.ts';
import type { Runner } from './runner.ts';
import type { Belief } from './targets.ts';
import { RESULT, SWEEP } from './wake.ts';
import type { ZoneBook } from './zone-book.ts';

export interface ProcessParts {
  /** Records that a server running for long has been asked for; absent: all, always. */
  readonly asked: readonly Name[] | undefined;
  readonly context: ProviderContext;
  readonly setting: Setting;
  readonly book: ZoneBook;
  readonly runner: Runner;
  /** Wakes this process: see `sweep` and `result` for the number. */
  wake(delay: Micros, kind: number, number: number): void;
}

export class Process {
  readonly #place: ProcessPlace;
  readonly #parts: ProcessParts;
  readonly #table: CheckTable = new CheckTable();
  readonly #pending: Map<number, { readonly entry: CheckEntry; readonly success: boolean }> = new Map();
  #choices: ReadonlyMap<string, string> = new Map();
  /** Owners of the records it has been asked for; undefined = all. */
  readonly #asked: Set<Name> | undefined;
  #results = 0;
  /** Counts restarts: sweeps of an earlier life are void. */
  #life = 0;
  #isGone = false;
  #isSweeping = false;
  /** All results of the last sweep are in from then on. */
  #busyUntil: Micros = 0;

  constructor(place: ProcessPlace, parts: ProcessParts) {
    this.#place = place;
    this.#parts = parts;
    const { options } = parts.setting;
    this.#asked = parts.asked && new Set(options.isWarm ? parts.asked : []);
    if (!options.isWarm) this.#start(0);
    else {
      this.#look(0, 'up');
      this.#keepSweeping(Math.floor(parts.context.draw() * options.sweepInterval));
    }
  }

  /** It has been asked for these records, whose targets are checked from the first question on. */
  askedFor(asks: readonly FirstAsk[], now: Micros): void {
    const asked = this.#asked;
    if (asked === undefined || this.#isGone) return;
    const fresh = asks.filter(({ owner }) => !asked.has(owner));
    for (const { owner } of fresh) asked.add(owner);
    if (fresh.length > 0) this.review(now, Math.max(0, ...fresh.map(({ at }) => at)));
  }

  /** Whether some record of these has not been asked for here. */
  awaits(owners: readonly Name[]): boolean {
    const asked = this.#asked;
    return asked !== undefined && owners.some((owner) => !asked.has(owner));
  }

  /**
   * Looks anew at what records answer and ask for; new targets are probed, or wait for the next sweep.
   * @param since when new targets were asked for
   */
  review(now: Micros, since: Micros = now): void {
    if (this.#isGone) return;
    const isNew = this.#look(now, 'unknown');
    const { firstCheck } = this.#parts.setting.options;
    if (isNew && firstCheck === 'at-once' && now >= this.#busyUntil) this.#checkDue(now, since);
    if (isNew) this.#keepSweeping(this.#parts.setting.options.sweepInterval);
  }

  /** The server may have died, or come back: then it knows nothing. */
  planesChanged(now: Micros): void {
    const { context } = this.#parts;
    const isGone = context.site(this.#place.server, this.#place.site).down === 'refused';
    if (isGone === this.#isGone) return;
    this.#isGone = isGone;
    if (isGone) this.#forget();
    else {
      context.react('detect', `${this.#place.label} has been started again and knows no health`);
      this.#start(now);
    }
  }

  /** @param life the one in which the sweep was planned */
  sweep(life: number, now: Micros): void {
    if (life !== this.#life) return;
    this.#isSweeping = false;
    const { sweepFrom, expireAfter } = this.#parts.setting.options;
    for (const { target } of this.#table.expire(now - expireAfter)) this.#tell(target.key, 'unknown');
    if (this.#table.isEmpty) return;
    const longest = this.#checkDue(now);
    this.#busyUntil = now + longest;
    const tick = this.#tick();
    this.#keepSweeping(sweepFrom === 'start' ? Math.max(tick, longest) : tick + longest);
  }

  /** @param number of the result */
  result(number: number, now: Micros): void {
    const found = this.#pending.get(number);
    if (!found) return;
    this.#pending.delete(number);
    const { entry, success } = found;
    entry.isPending = false;
    const before = entry.belief;
    if (!takeResult(entry, success)) return;
    this.#tell(entry.target.key, entry.belief);
    if (before !== 'unknown' || entry.belief === 'down') this.#report(entry);
    this.#decide(now);
  }

  #start(now: Micros): void {
    this.#look(now, 'unknown');
    this.#keepSweeping(0);
  }

  #forget(): void {
    const { context } = this.#parts;
    this.#life++;
    this.#isSweeping = false;
    this.#table.clear();
    this.#pending.clear();
    this.#asked?.clear();
    this.#choices = new Map();
    const state: OwnState = { kind: 'restart', process: this.#place.index };
    context.reveal({ kind: 'own', provider: context.index, state });
  }

  /** Finds out what is asked for. @param unknown what is taken of targets that are new @returns whether any are */
  #look(now: Micros, unknown: Belief): boolean {
    const { book, runner, setting } = this.#parts;
    const { targets, choices } = reviewRecords(
      book,
      runner,
      setting,
      ({ key }) => this.#table.get(key)?.belief ?? unknown,
      (owner) => this.#asked?.has(owner) ?? true,
    );
    const added = [...targets.values()].filter(({ key }) => this.#table.get(key) === undefined);
    for (const target of added) {
      this.#table.add(target, unknown);
      if (unknown !== 'unknown') this.#tell(target.key, unknown);
    }
    this.#table.use(new Set(targets.keys()), now);
    this.#choices = choices;
    return added.length > 0;
  }

  /** A belief has turned: other answers, and perhaps other questions. */
  #decide(now: Micros): void {
    const before = this.#choices;
    this.review(now);
    const { context } = this.#parts;
    const changed = [...this.#choices].filter(
      ([name, choice]) => before.has(name) && before.get(name) !== choice,
    );
    const { label } = this.#place;
    for (const [name, choice] of changed)
      context.react('decide', `LUA ${name} at ${label} chooses ${choice}`);
    for (const [name, choice] of changed) context.react('publish', `LUA ${name}: ${choice} from ${label}`);
  }

  /**
   * Probes what is due. Returns how long the longest probe takes.
   * @param since when the first probes of targets were sent, though that is noticed only now
   */
  #checkDue(now: Micros, since: Micros = now): Micros {
    if (this.#isGone || this.#parts.context.plane('health').down !== 'none') return 0;
    const { sweepInterval } = this.#parts.setting.options;
    let longest = 0;
    for (const entry of this.#table.entries) {
      const due = (entry.startedAt ?? Number.NEGATIVE_INFINITY) + (entry.target.interval ?? sweepInterval);
      if (!entry.isPending && due <= now) longest = Math.max(longest, this.#check(entry, now, since));
    }
    return longest;
  }

  #check(entry: CheckEntry, now: Micros, since: Micros): Micros {
    const { context, setting, wake } = this.#parts;
    const { target, belief, failures } = entry;
    const endpoint = target.address === undefined ? undefined : setting.endpoints.get(target.address);
    const { region } = this.#place;
    const found = context.probe(checkOf(entry, region, setting.options.sweepInterval), endpoint, region);
    if (!found) return 0;
    const late = entry.startedAt === undefined ? now - since : 0;
    entry.startedAt = now - late;
    const success = found.success && (target.kind === 'tcp' || target.httpCode === 200);
    // A success that changes nothing needs no event.
    if (success && belief === 'up' && failures === 0) return found.after;
    entry.isPending = true;
    this.#pending.set(++this.#results, { entry, success });
    wake(Math.max(0, found.after + context.plane('health').extra - late), RESULT, this.#results);
    return found.after;
  }

  #keepSweeping(delay: Micros): void {
    if (this.#isSweeping) return;
    this.#isSweeping = true;
    this.#parts.wake(delay, SWEEP, this.#life);
  }

  /** Sweeps come at the greatest interval in which all intervals of checks are whole. */
  #tick(): Micros {
    const { sweepInterval } = this.#parts.setting.options;
    const intervals = [...this.#table.entries].flatMap(({ target }) => target.interval ?? []);
    return intervals.reduce((common, interval) => greatestCommon(common, interval), sweepInterval);
  }

  #tell(key: string, belief: Belief): void {
    const { context } = this.#parts;
    const state: OwnState = { kind: 'belief', process: this.#place.index, key, belief };
    context.reveal({ kind: 'own', provider: context.index, state });
  }

  #report({ target, belief }: CheckEntry): void {
    const { context, setting } = this.#parts;
    const endpoint = target.address === undefined ? undefined : setting.endpoints.get(target.address);
    const name = endpoint === undefined ? '' : ` (${setting.spec.endpoints[endpoint]!.name})`;
    const every = describeDuration(target.interval ?? setting.options.sweepInterval);
    const failures = target.failures === 1 ? 'the first failure' : `${target.failures} failures in a row`;
    const counts = belief === 'down' ? failures : 'the first success';
    const rule = `each server looks for itself, every ${every} with ${describeDuration(target.timeout)} to answer, and ${counts} counts`;
    context.react('detect', `${this.#place.label} finds ${target.label}${name} ${belief}`, rule);
  }
}

/** The probe of a target, as health checks are described. */
function checkOf({ target }: CheckEntry, region: number, interval: Micros): CheckSpec {
  return {
    kind: target.kind,
    path: '',
    interval,
    timeout: target.timeout,
    failures: target.failures,
    successes: 1,
    regions: [region],
    quorum: 1,
    intervalFrom: 'schedule',
  };
}

function greatestCommon(a: Micros, b: Micros): Micros {
  return b === 0 ? Math.max(a, SECOND) : greatestCommon(b, a % b);
}

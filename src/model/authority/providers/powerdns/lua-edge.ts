/**
 * The edge of a PowerDNS provider: LUA and ALIAS records answered at each process by what it believes.
 *
 * Not modelled: the packet cache, which LUA answers pass by, and in which others are at most as old as the time
 * a change takes anyway.
 */
import type { Question } from '../../../../dns/data/message.ts';
import { type Name, parent } from '../../../../dns/data/name.ts';
import { A, AAAA, ALIAS, CNAME, LUA, type RrType, typeToText } from '../../../../dns/data/rrtype.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';
import type { FailedAnswer, PolicyAnswer, PolicyQuery } from '../../provider.ts';
import { hash32 } from '../../steering/hash.ts';
import type { Asks } from './asks.ts';
import { Deciding, explore } from './chooser.ts';
import { type Client, clientOf, someClient } from './client.ts';
import type { Setting } from './evaluation.ts';
import { Memory } from './memory.ts';
import type { OwnState } from './own-state.ts';
import { type ProcessPlace, processesOf } from './processes.ts';
import type { LuaOwner } from './records.ts';
import { wordsFor } from './review.ts';
import { Runner } from './runner.ts';
import type { Belief, Target } from './targets.ts';
import { ZoneBook } from './zone-book.ts';

const SECOND = 1_000_000;

type Beliefs = Map<string, Belief>;

export class LuaEdge {
  readonly #setting: Setting;
  readonly #book: ZoneBook;
  readonly #runner: Runner;
  readonly #asks: Asks | undefined;
  readonly #places: readonly ProcessPlace[];
  /** By process. */
  readonly #beliefs: readonly Beliefs[];
  /** Processes by server and region of their site. */
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #zones: Map<Name, Zone>;
  readonly #clients: Memory<Client> = new Memory();
  /** What `explain` says, by what it depends on; raised with every change of that. */
  readonly #words: Memory<string> = new Memory();
  #version = 0;
  /** Seconds since the database went. */
  #outage: number | undefined;

  /** @param asks where it tells what it is asked for; absent: nobody wants to know */
  constructor(setting: Setting, provider: number, zones: ReadonlyMap<number, Zone>, asks: Asks | undefined) {
    this.#setting = setting;
    this.#asks = asks;
    this.#book = new ZoneBook(zones);
    this.#runner = new Runner(setting);
    this.#places = processesOf(setting.spec.providers[provider]!, setting.spec);
    this.#beliefs = this.#places.map(() => new Map());
    this.#numbers = new Map(this.#places.map(({ index, server, region }) => [`${server} ${region}`, index]));
    this.#zones = new Map([...zones.values()].map((zone) => [zone.origin, zone]));
  }

  zoneChanged(index: number, zone: Zone): void {
    this.#version++;
    this.#book.put(index, zone);
    this.#zones.set(zone.origin, zone);
  }

  take(state: OwnState): void {
    if (state.kind === 'reading') return;
    this.#version++;
    if (state.kind === 'restart') this.#asks?.forget(state.process);
    if (state.kind === 'outage') this.#outage = state.seconds;
    else if (state.kind === 'restart') this.#beliefs[state.process]!.clear();
    else this.#beliefs[state.process]!.set(state.key, state.belief);
  }

  /** The answer where a LUA or ALIAS record decides. */
  decide(name: Name, type: RrType, query: PolicyQuery): PolicyAnswer | undefined {
    const owner = this.#book.at(name);
    if (!owner) return undefined;
    const plain = this.#withoutRunning(owner, type);
    if (plain !== undefined || !owner.records.has(type)) return plain;
    const { region, clientRegion, service, instance } = query;
    const client = this.#clients.of(`${region} ${clientRegion} ${service} ${instance}`, () =>
      clientOf(this.#setting.spec, query),
    );
    const qname = query.qname ?? name;
    const process = this.#processOf(query);
    if (this.#asks && (query.now ?? -1) >= 0) this.#asks.note(process, name, query.now!);
    const beliefs = this.#beliefs[process]!;
    return this.#runner.answer(owner, type, {
      qname,
      client,
      chooser: new Deciding(query.draw, client.best, qname),
      belief: ({ key }) => beliefs.get(key) ?? 'unknown',
    });
  }

  /** Everything some process could answer to clients of a region. */
  possible(name: Name, type: RrType, region: number, qname: Name = name): PolicyAnswer[] | undefined {
    const owner = this.#book.at(name);
    if (!owner) return undefined;
    const plain = this.#withoutRunning(owner, type);
    if (plain !== undefined) return [plain];
    if (!owner.records.has(type)) return undefined;
    const client = someClient(this.#setting.spec, region);
    const ways = this.#beliefsFor(name).flatMap((beliefs) =>
      this.#ways(owner, type, qname, client, ({ key }) => beliefs.get(key) ?? 'unknown'),
    );
    return [...new Set(ways)];
  }

  /** Of the processes that have been asked for a record; of all where none has. */
  #beliefsFor(name: Name): readonly Beliefs[] {
    const asked = this.#beliefs.filter((_, process) => this.#asks?.has(process, name) ?? true);
    return asked.length > 0 ? asked : this.#beliefs;
  }

  /** What the process asked believes and may answer: `LUA app.example.com/A at ns1.dns.test: west (... down)`. */
  explain(name: Name, type: RrType, query: PolicyQuery): string | undefined {
    const owner = this.#book.at(name);
    const isRun = owner?.records.has(type) === true && this.#setting.options.luaRecords !== 'no';
    if (!owner || !isRun || query.qname !== undefined) return undefined;
    const { region, clientRegion } = query;
    const key = `${name} ${type} ${this.#processOf(query)} ${clientRegion ?? region} ${this.#version}`;
    return this.#words.of(key, () => this.#explain(owner, name, type, query));
  }

  #explain(owner: LuaOwner, name: Name, type: RrType, query: PolicyQuery): string {
    const place = this.#places[this.#processOf(query)]!;
    const beliefs = this.#beliefs[place.index]!;
    const asked = new Map<string, string>();
    const belief = ({ key, label }: Target): Belief => {
      const found = beliefs.get(key) ?? 'unknown';
      asked.set(key, `${label} ${found}`);
      return found;
    };
    const ways = this.#ways(owner, type, name, clientOf(this.#setting.spec, query), belief);
    const words = [...new Set(ways)].map((answer) => wordsFor(answer, this.#setting)).join(' or ');
    const health = asked.size > 0 ? ` (${[...asked.values()].join(', ')})` : '';
    return `LUA ${name.slice(0, -1)}/${typeToText(type)} at ${place.label}: ${words}${health}`;
  }

  /** Whether some record of the type may answer otherwise elsewhere: whatever names a place or a client. */
  isScoped(name: Name, type: RrType): boolean {
    const records = this.#book.at(name)?.records.get(type) ?? [];
    return records.some(({ code }) => PLACED.test(code));
  }

  /**
   * SERVFAIL for what no cache holds any more while the database is gone. When an entry was read is not known, so
   * every name has its own moment within the time entries are kept.
   */
  failure({ name, type }: Question, { server }: PolicyQuery): FailedAnswer | undefined {
    if (this.#outage === undefined) return undefined;
    const { queryCache, negativeQueryCache } = this.#setting.options;
    const kept = (this.#exists(name, type) ? queryCache : negativeQueryCache) / SECOND;
    const share = hash32(`${name} ${server}`) / 2 ** 32;
    if (this.#outage < share * kept) return undefined;
    return { rcode: 'SERVFAIL', why: 'the database cannot be reached and no cache holds the answer' };
  }

  #ways(
    owner: LuaOwner,
    type: RrType,
    qname: Name,
    client: Client,
    belief: (target: Target) => Belief,
  ): PolicyAnswer[] {
    return explore((chooser) => this.#runner.answer(owner, type, { qname, client, chooser, belief }));
  }

  /** ALIAS, and what cannot be asked for: LUA records are never shown (docs/lua-records, "Details & Security"). */
  #withoutRunning({ records, alias }: LuaOwner, type: RrType): PolicyAnswer | undefined {
    if (type === LUA || type === ALIAS) return 'absent';
    const { luaRecords, expandAlias, hasResolver } = this.#setting.options;
    if (records.has(type)) return luaRecords === 'no' ? 'absent' : undefined;
    if (alias === undefined || !expandAlias || (type !== A && type !== AAAA)) return undefined;
    if (hasResolver) return { alias };
    return { rcode: 'SERVFAIL', why: 'no resolver is set that could expand the ALIAS' };
  }

  #processOf({ server, siteRegion }: PolicyQuery): number {
    return this.#numbers.get(`${server} ${siteRegion}`) ?? 0;
  }

  #exists(name: Name, type: RrType): boolean {
    for (let at: Name | undefined = name; at !== undefined; at = parent(at)) {
      const zone = this.#zones.get(at);
      if (!zone) continue;
      const lua = this.#book.at(name)?.records;
      return [type, CNAME].some((one) => zone.get(name, one) !== undefined || lua?.has(one) === true);
    }
    return false;
  }
}

/** What the code of a record calls when the client matters to it. */
const PLACED =
  /\b(pickclosest|closestMagic|country|continent|region|countryCode|continentCode|regionCode|latlon|latlonloc|view|netmask|bestwho|ecswho|who|pickhashed|pickwhashed|pickchashed|pickselfweighted|hashed|include)\b/;

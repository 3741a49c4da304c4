/** LUA records tried one by one: a zone with the record, who asks, and what the server believes. */
import { SECOND } from '../../../../../src/base/time.ts';
import { typeFromText } from '../../../../../src/dns/data/rrtype.ts';
import type { PolicyAnswer } from '../../../../../src/model/authority/provider.ts';
import { Deciding, explore } from '../../../../../src/model/authority/providers/powerdns/chooser.ts';
import { clientOf } from '../../../../../src/model/authority/providers/powerdns/client.ts';
import type { Setting } from '../../../../../src/model/authority/providers/powerdns/evaluation.ts';
import { ownersIn } from '../../../../../src/model/authority/providers/powerdns/records.ts';
import type { PowerDnsOptions } from '../../../../../src/model/authority/providers/powerdns/rule.ts';
import { Runner } from '../../../../../src/model/authority/providers/powerdns/runner.ts';
import type { Belief } from '../../../../../src/model/authority/providers/powerdns/targets.ts';
import { name, zone } from '../../../world.ts';
import { placedWorld, US } from '../worlds.ts';

export const OPTIONS: PowerDnsOptions = {
  kind: 'powerdns',
  luaRecords: 'yes',
  stepLimit: 1000,
  sweepInterval: 5 * SECOND,
  sweepFrom: 'start',
  expireAfter: 3600 * SECOND,
  isWarm: true,
  checksFrom: 'start',
  firstCheck: 'at-once',
  backupSet: 'all',
  selfWeightedDown: 'servfail',
  geoip: true,
  expandAlias: false,
  hasResolver: true,
  backend: 'copy',
  queryCache: 20 * SECOND,
  negativeQueryCache: 60 * SECOND,
};

export interface Trial {
  readonly type?: string;
  readonly region?: number;
  readonly clientRegion?: number;
  /** Instance of the resolver. */
  readonly instance?: number;
  /** By address; all others are as `rest`. */
  readonly beliefs?: Readonly<Record<string, Belief>>;
  readonly rest?: Belief;
  readonly options?: Partial<PowerDnsOptions>;
  /** The owner of the record, and the name asked for. */
  readonly owner?: string;
  readonly qname?: string;
  /** More lines of the zone. */
  readonly more?: string;
}

/** Master-file text of a LUA record. */
export function luaLine(owner: string, type: string, code: string): string {
  return `${owner} 60 IN LUA ${type} "${code.replace(/["\\]/g, '\\$&')}"\n`;
}

function prepared(code: string, trial: Trial) {
  const { type = 'A', owner = 'app.example.com.', more = '', options = {} } = trial;
  const spec = placedWorld();
  const data = zone('example.com.', luaLine(owner, type, code) + more);
  const endpoints = new Map(spec.endpoints.map(({ addresses }, at) => [addresses[0]!, at]));
  const setting: Setting = { spec, options: { ...OPTIONS, ...options }, endpoints };
  const runner = new Runner(setting);
  const holder = ownersIn(data).get(name(owner))!;
  const client = clientOf(spec, {
    region: trial.region ?? US,
    clientRegion: trial.clientRegion,
    instance: trial.instance,
    server: 0,
    siteRegion: US,
    draw: () => 0,
  });
  const qname = name(trial.qname ?? owner);
  const belief = ({ address }: { address: string | undefined }): Belief =>
    trial.beliefs?.[address ?? ''] ?? trial.rest ?? 'up';
  return { runner, holder, type: typeFromText(type)!, client, qname, belief };
}

/** `192.0.2.1`, `192.0.2.1+192.0.2.2`, `NODATA`, or `SERVFAIL: why`. */
export function show(answer: PolicyAnswer): string {
  if (typeof answer === 'string') return 'NODATA';
  if ('alias' in answer) return `alias ${answer.alias}`;
  if ('rcode' in answer) return `${answer.rcode}: ${answer.why?.replace(/^LUA \S+ of \S+ /, '')}`;
  return answer.rdata.map(({ text }) => text).join('+');
}

/** What the record answers at one draw. */
export function once(code: string, trial: Trial = {}, draw = 0): string {
  const { runner, holder, type, client, qname, belief } = prepared(code, trial);
  const chooser = new Deciding(() => draw, client.best, qname);
  return show(runner.answer(holder, type, { qname, client, chooser, belief }));
}

/** Everything the record may answer, in the order of its list. */
export function ever(code: string, trial: Trial = {}): string {
  const { runner, holder, type, client, qname, belief } = prepared(code, trial);
  const answers = explore((chooser) => show(runner.answer(holder, type, { qname, client, chooser, belief })));
  return [...new Set(answers)].join(' | ');
}

/** Shares at a hundred even draws: `192.0.2.1 70, 192.0.2.2 30`. */
export function shares(code: string, trial: Trial = {}): string {
  const counts = new Map<string, number>();
  for (let at = 0; at < 100; at++) {
    const found = once(code, trial, (at + 0.5) / 100);
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts].map(([answer, count]) => `${answer} ${count}`).join(', ');
}

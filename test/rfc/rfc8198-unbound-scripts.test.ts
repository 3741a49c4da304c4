/**
 * RFC 8198 by Unbound's own scripts of its negative cache, which lie beside the repository: rcodes, TTLs where the
 * script looks at them, and that no more is asked than the script has answers for. AA is taken for granted, and the
 * script's trust anchor stands for the chain of trust.
 */
import { describe, expect, test } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { parseName, ROOT } from '../../src/dns/data/name.ts';
import { typeToText } from '../../src/dns/data/rrtype.ts';
import { barsOf } from '../../src/experiment/replay/options/bars.ts';
import { messageOf, rcodeOf, speaksTo } from '../../src/experiment/replay/play/message.ts';
import { Findings } from '../../src/experiment/replay/read/lines.ts';
import { readScript } from '../../src/experiment/replay/read/read.ts';
import type { Script, ScriptEntry } from '../../src/experiment/replay/script.ts';
import { World } from '../dns/resolve/harness.ts';
import { SUITES_ARE_HERE, textOf } from '../replay/suites.ts';
import { AGGRESSIVE } from './signed-world.ts';

const values = ({ config }: Script, kind: string, key: string): string[] =>
  config.filter((one) => one.kind === kind && one.key === key).map(({ value }) => value);

/** A resolver with the script's stub zones, whose servers answer as the script says. */
function worldOf(script: Script): World {
  const zones = values(script, 'stub-zone', 'name');
  const addresses = values(script, 'stub-zone', 'stub-addr');
  const world = new World({
    cacheRules: AGGRESSIVE,
    prefetch: values(script, 'server', 'prefetch').includes('yes') ? { remainingShare: 0.1 } : undefined,
    configuredZones: zones.map((zone, at) => {
      return { zone: parseName(`${zone}.`), mode: 'stub', addresses: [addresses[at]!], fallback: false };
    }),
  });
  for (const anchor of values(script, 'server', 'trust-anchor')) {
    const zone = parseName(anchor.split(/\s+/)[0]!);
    world.resolver.state.secureCuts!.put(zone, { parent: ROOT, until: Number.POSITIVE_INFINITY });
  }
  const bars = barsOf(script.config, new Findings('script'));
  for (const address of addresses) {
    const entries = script.ranges
      .filter((range) => range.addresses.includes(address))
      .flatMap((range) => range.entries);
    world.servers.set(address, (question, transport) => {
      const entry = entries.find((one) => speaksTo(one, { exchange: 0, address, question, transport }));
      return entry ? { ...messageOf(entry, question, bars), authoritative: true } : 'silent';
    });
  }
  return world;
}

const asText = ({ question }: ScriptEntry): string => `${question!.name} ${typeToText(question!.type)}`;
/** Rcode and, for MATCH ttl, the TTLs of the records. */
const expected = (entry: ScriptEntry): string =>
  [
    rcodeOf(entry),
    ...(entry.match.has('ttl')
      ? [...entry.answer, ...entry.authority].filter(({ type }) => type < 40)
      : []
    ).map(({ name, type, ttl }) => `${name} ${typeToText(type)} ${ttl}`),
  ].join('\n');

function said(world: World, ticket: number, withTtl: boolean): string {
  const given = world.answers.get(ticket);
  if (given === undefined || given.answer === 'dropped') return 'nothing';
  const { rcode, answer, authority } = given.answer;
  const lines = [...answer, ...authority].map(({ name, type, ttl }) => `${name} ${typeToText(type)} ${ttl}`);
  return [rcode, ...(withTtl ? lines : [])].join('\n');
}

describe.skipIf(!SUITES_ARE_HERE)('the scripts beside the repository', () => {
  // Left out: Unbound refreshes what it has synthesised shortly before it ends, and with it the SOA that all negative
  // answers of the zone share. No RFC asks for either.
  test.each<readonly [string, readonly number[]]>([
    ['val_negcache_nodata', []],
    ['val_negcache_ttl_prefetch', [21]],
  ])('%s', (name, leftOut) => {
    const { script } = readScript(textOf(`unbound-dnssec/${name}.rpl`), name);
    const world = worldOf(script!);
    let ticket = 0;
    for (const { number, type, entry, words } of script!.steps) {
      if (type === 'QUERY') {
        ticket = world.ask(asText(entry!));
        world.settle();
      } else if (type === 'CHECK_ANSWER' && !leftOut.includes(number)) {
        expect(said(world, ticket, entry!.match.has('ttl')), `step ${number}`).toBe(expected(entry!));
      } else if (type === 'TIME_PASSES') world.pass(Number(words[1]) * SECOND);
    }
    expect(world.lost).toEqual([]);
  });
});

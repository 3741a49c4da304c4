/** The rules of Azure Traffic Manager, each from the page of Microsoft's documentation named in brackets. */
import { describe, expect, it, test } from 'vitest';
import { AZURE_LOGIC } from '../../../../src/model/authority/providers/azure/logic.ts';
import type {
  AzureEndpoint,
  AzureRule,
  Method,
} from '../../../../src/model/authority/providers/azure/rule.ts';
import type { Territory } from '../../../../src/model/authority/steering/places.ts';
import type { CandidateSpec, PolicySpec } from '../../../../src/model/spec.ts';
import { name } from '../../world.ts';
import {
  AP,
  alias,
  answers,
  answerText,
  EU,
  endpoint,
  NOWHERE,
  policy,
  query,
  shares,
  surroundings,
  US,
} from './worlds.ts';

const LOGICS = { azure: AZURE_LOGIC };
const METHODS = 'traffic-manager-routing-methods';
const MONITORING = 'traffic-manager-monitoring';
const NESTED = 'traffic-manager-nested-profiles';

type Parts = Partial<AzureRule>;

/** `us`, `us-` disabled, `us.` stopped, `us!` without a check, `>eu.example.com.` a nested profile. */
function candidate(word: string): CandidateSpec {
  if (word.startsWith('>')) return alias(word.slice(1));
  const { health, ...bare } = endpoint(word.replace(/[-.!]$/, ''));
  return word.endsWith('!') || !health ? bare : { ...bare, health };
}

function statusOf(word: string): AzureEndpoint['status'] {
  if (word.endsWith('-')) return 'disabled';
  return word.endsWith('.') && !word.startsWith('>') ? 'stopped' : 'enabled';
}

function made(
  method: Method,
  words: string,
  endpoints: readonly object[] = [],
  parts: Parts = {},
): PolicySpec {
  const list = words.split(' ');
  const rule: AzureRule = {
    kind: 'azure',
    method,
    enabled: true,
    endpoints: list.map((word, at) => ({
      status: statusOf(word),
      priority: at + 1,
      weight: 1,
      ...(word.startsWith('>') ? { minChildEndpoints: 1 } : {}),
      ...endpoints[at],
    })),
    maxReturn: method === 'multivalue' ? 2 : 1,
    subnetDegraded: 'skipped',
    ...parts,
  };
  return policy(rule, list.map(candidate));
}

const named = (label: string, one: PolicySpec): PolicySpec => ({ ...one, name: name(label) });
const unhealthy = (words: string): string[] => words.split(' ').filter((word) => word !== '');

describe('priority, weighted, performance, multivalue', () => {
  const backwards = made('priority', 'us eu', [{ priority: 1000 }, { priority: 1 }]);
  const weights = made('weighted', 'us eu ap', [{ weight: 50 }, { weight: 30 }, { weight: 20 }]);
  const near = made('performance', 'us eu ap');
  const many = made('multivalue', 'us eu ap');
  const rows: [what: string, policy: PolicySpec, region: number, dead: string, shares: string][] = [
    [`[${METHODS}] priority: the first`, made('priority', 'us eu ap'), AP, '', 'us 100'],
    [`[${METHODS}] priority: the next that is Online`, made('priority', 'us eu ap'), US, 'us', 'eu 100'],
    [`[${METHODS}] priority: the lowest number, not the place`, backwards, US, '', 'eu 100'],
    [
      `[${MONITORING}] all Degraded: as though all were Online`,
      made('priority', 'us eu'),
      US,
      'us eu',
      'us 100',
    ],
    [
      `[${MONITORING}] all others Degraded: Disabled and Stopped ones stay out`,
      made('priority', 'us- ap. eu'),
      US,
      'eu',
      'eu 100',
    ],
    [`[${MONITORING}] always serve: never Degraded`, made('priority', 'us! eu'), US, 'us', 'us 100'],
    [`[${METHODS}] weighted`, weights, US, '', 'us 50, eu 30, ap 20'],
    [`[${METHODS}] weighted: Degraded ones drop out`, weights, US, 'us', 'eu 60, ap 40'],
    [`[${MONITORING}] weighted: all Degraded`, weights, US, 'us eu ap', 'us 50, eu 30, ap 20'],
    [`[${METHODS}] performance: the closest`, near, AP, '', 'ap 100'],
    [`[${METHODS}] performance: Degraded, the next closest`, near, AP, 'ap', 'eu 100'],
    [
      `[${METHODS}] performance: equals share evenly`,
      made('performance', 'us x4 eu'),
      US,
      '',
      'us 50, x4 50',
    ],
    [`[${METHODS}] multivalue: up to two`, many, US, '', 'us+eu 33, eu+ap 34, ap+us 33'],
    [`[${METHODS}] multivalue: healthy ones only`, many, US, 'eu ap', 'us 100'],
    [
      `[${METHODS}] multivalue: as many as it says`,
      { ...made('multivalue', 'us', [], { maxReturn: 9 }) },
      US,
      '',
      'us 100',
    ],
    [`no endpoint enabled: no data [assumption]`, made('priority', 'us- eu.'), US, '', 'NODATA 100'],
  ];
  test.each(rows)('%s', (_, one, region, dead, wanted) => {
    expect(shares(LOGICS, one, surroundings(unhealthy(dead)), region)).toBe(wanted);
  });
});

describe('geographic', () => {
  const places: Readonly<Record<string, Territory>> = {
    VA: { level: 'subdivision', code: 'US-VA' },
    US: { level: 'country', code: 'US' },
    NA: { level: 'continent', code: 'NA' },
    EU: { level: 'continent', code: 'EU' },
    world: { level: 'world', code: '' },
  };
  /** `VA:us world:eu` */
  const geo = (map: string): PolicySpec => {
    const pairs = map.split(' ').map((pair) => pair.split(':') as [string, string]);
    const territories = pairs.map(([place]) => ({ territory: places[place] }));
    return made('geographic', pairs.map(([, word]) => word).join(' '), territories);
  };
  const rows: [what: string, map: string, region: number, dead: string, answer: string][] = [
    ['the state before the country', 'US:eu VA:us world:ap', US, '', 'us'],
    ['the country before the grouping', 'NA:eu US:us world:ap', US, '', 'us'],
    ['the grouping before the world', 'world:ap EU:eu', EU, '', 'eu'],
    ['the world', 'EU:eu world:ap', US, '', 'ap'],
    ['Degraded, and answered all the same', 'EU:eu world:us', EU, 'eu', 'eu'],
    ['Stopped: no data, and no climbing', 'EU:eu. world:us', EU, '', 'NODATA'],
    ['Disabled: skipped', 'EU:eu- world:us', EU, '', 'us'],
    ['not mapped: no data', 'EU:eu', US, '', 'NODATA'],
    ['nowhere known: the world only', 'EU:eu US:us world:ap', NOWHERE, '', 'ap'],
    ['nowhere known and no world: no data', 'EU:eu US:us', NOWHERE, '', 'NODATA'],
  ];
  test.each(rows)(`[${METHODS}] %s`, (_, map, region, dead, wanted) => {
    expect(answers(LOGICS, geo(map), surroundings(unhealthy(dead)), region)).toBe(wanted);
  });

  it('says why a dead endpoint is answered', () => {
    const { choice } = AZURE_LOGIC.prepare(geo('EU:eu world:us'), surroundings(['eu']));
    expect(choice).toBe('us or eu (eu is Degraded; geographic routing answers it all the same)');
    expect(AZURE_LOGIC.prepare(geo('EU:eu world:us'), surroundings([])).choice).toBe('us or eu');
  });
});

describe('subnet', () => {
  const EUROPE = { blocks: ['198.51.100.0/24'] };
  const OTHERS = { blocks: [] };
  const two = (parts: Parts = {}): PolicySpec => made('subnet', 'eu us', [EUROPE, OTHERS], parts);
  const answered: Parts = { subnetDegraded: 'answered' };
  const rows: [what: string, policy: PolicySpec, region: number, dead: string, answer: string][] = [
    [`[${METHODS}] its block`, two(), EU, '', 'eu'],
    [`[${METHODS}] the catch-all`, two(), US, '', 'us'],
    [`[${METHODS}] no catch-all: no data`, made('subnet', 'eu', [EUROPE]), US, '', 'NODATA'],
    ['[not documented] Degraded: the catch-all, as the option says', two(), EU, 'eu', 'us'],
    ['[not documented] or answered all the same', two(answered), EU, 'eu', 'eu'],
    [`[${MONITORING}] all Degraded: as though all were Online`, two(), EU, 'eu us', 'eu'],
    ['Stopped: the catch-all', made('subnet', 'eu. us', [EUROPE, OTHERS], answered), EU, '', 'us'],
  ];
  test.each(rows)('%s', (_, one, region, dead, wanted) => {
    expect(answers(LOGICS, one, surroundings(unhealthy(dead)), region)).toBe(wanted);
  });
});

describe('profiles', () => {
  it(`disabled do not exist in DNS [${MONITORING}]`, () => {
    const off = made('priority', 'us eu', [], { enabled: false });
    expect(answers(LOGICS, off, surroundings([]))).toBe('NXDOMAIN');
  });

  it('go by the client only where the method does [FAQs]', () => {
    const scoped = (
      ['priority', 'weighted', 'performance', 'geographic', 'multivalue', 'subnet'] as const
    ).filter((method) => AZURE_LOGIC.isScoped(made(method, 'us')));
    expect(scoped).toEqual(['performance', 'geographic', 'subnet']);
  });

  it('go by the subnet that the resolver sends [FAQs]', () => {
    const decider = AZURE_LOGIC.prepare(made('performance', 'us eu ap'), surroundings([]));
    expect(answerText(decider.decide(query(EU, () => 0)))).toBe('eu');
    expect(answerText(decider.decide(query(EU, () => 0, AP)))).toBe('ap');
  });

  it('say what they could answer', () => {
    const { possible } = AZURE_LOGIC.prepare(made('weighted', 'us eu ap'), surroundings(['ap']));
    expect(possible(US).map(answerText)).toEqual(['us', 'eu']);
  });
});

describe('nested profiles', () => {
  const child = (words: string, parts: Parts = {}): PolicySpec =>
    named('child.example.com.', made('priority', words, [], parts));
  const parent = (minChildEndpoints: number, second = 'ap'): PolicySpec =>
    made('priority', `>child.example.com. ${second}`, [{ minChildEndpoints }]);
  const down = 'alias child.example.com.';
  const rows: [what: string, minimum: number, child: PolicySpec | undefined, dead: string, answer: string][] =
    [
      ['Online', 1, child('us eu'), '', down],
      ['one of two is enough by default', 1, child('us eu'), 'us', down],
      ['none is not', 1, child('us eu'), 'us eu', 'ap'],
      ['fewer than MinChildEndpoints are not', 2, child('us eu'), 'us', 'ap'],
      ['just as many are', 2, child('us eu x4'), 'us', down],
      ['Disabled ones do not count', 2, child('us eu-'), '', 'ap'],
      ['a disabled child stops its endpoint', 1, child('us eu', { enabled: false }), '', 'ap'],
      ['a deleted child does [assumption]', 1, undefined, '', 'ap'],
    ];
  test.each(rows)(`[${NESTED}] %s`, (_, minimum, below, dead, wanted) => {
    const around = surroundings(unhealthy(dead), below ? [below] : []);
    expect(answers(LOGICS, parent(minimum), around)).toBe(wanted);
  });

  it(`Stopped, they are no choice even when everything is Degraded [${MONITORING}]`, () => {
    const off = child('us eu', { enabled: false });
    expect(answers(LOGICS, parent(1), surroundings(['ap'], [off]))).toBe('ap');
    expect(answers(LOGICS, parent(1), surroundings(['ap', 'us', 'eu'], [child('us eu')]))).toBe(down);
  });

  it(`may be ten levels deep, and no deeper [${NESTED}]`, () => {
    const answerAt = (levels: number): string => {
      const below = Array.from({ length: levels - 1 }, (_, at) =>
        named(
          `l${at + 2}.example.com.`,
          made('priority', at === levels - 2 ? 'us' : `>l${at + 3}.example.com.`),
        ),
      );
      return answers(LOGICS, made('priority', '>l2.example.com. ap'), surroundings([], below));
    };
    expect(answerAt(10)).toBe('alias l2.example.com.');
    expect(answerAt(11)).toBe('ap');
  });

  it('ends on profiles that lead to themselves', () => {
    const loop = named('loop.example.com.', made('priority', '>loop.example.com. us'));
    expect(answers(LOGICS, loop, surroundings([], [loop]))).toMatch(/^(alias loop|us)/);
  });
});

describe('alias record sets [dns-alias]', () => {
  it('follow their target', () => {
    const apex = named('example.com.', made('alias', '>app.example.com.'));
    expect(answers(LOGICS, apex, surroundings([]))).toBe('alias app.example.com.');
  });
});

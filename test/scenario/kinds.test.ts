import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import {
  addressKind,
  capacityKind,
  durationKind,
  type Kind,
  nameKind,
  Problem,
  patienceKind,
  shareKind,
  ttlKind,
  typeKind,
} from '../../src/scenario/kinds.ts';
import {
  clientTimerKind,
  limitKind,
  prefetchKind,
  switchKind,
  ttlCapKind,
} from '../../src/scenario/settings/kinds.ts';
import { scheduleKind } from '../../src/scenario/settings/schedule-kind.ts';
import { targetKind } from '../../src/scenario/target.ts';

const KINDS: Readonly<Record<string, Kind<unknown>>> = {
  duration: durationKind(),
  ttl: ttlKind,
  ttlCap: ttlCapKind,
  share: shareKind,
  capacity: capacityKind,
  patience: patienceKind,
  name: nameKind,
  type: typeKind,
  address: addressKind,
  clientTimer: clientTimerKind,
  limit: limitKind,
  prefetch: prefetchKind,
  schedule: scheduleKind(2),
  switch: switchKind,
  target: targetKind,
};

describe('scalars', () => {
  test.each([
    ['duration', '1h30m', 5_400_000_000],
    ['duration', '0s', 0],
    ['ttl', '2d', 172_800],
    ['ttlCap', 'unlimited', 2_147_483_647],
    ['share', '30%', 0.3],
    ['share', '12.5 %', 0.125],
    ['share', 0.25, 0.25],
    ['share', 1, 1],
    ['capacity', 1000, 1000],
    ['capacity', 'unlimited', Number.POSITIVE_INFINITY],
    ['patience', 'never', Number.POSITIVE_INFINITY],
    ['name', 'App.Example.com', 'app.example.com.'],
    ['name', '.', '.'],
    ['type', 'aaaa', 28],
    ['type', 'TYPE65280', 65_280],
    ['address', '2001:DB8::0:1', '2001:db8::1'],
    ['clientTimer', 'after-failure', undefined],
    ['limit', 'unlimited', undefined],
    ['prefetch', 'off', undefined],
    ['prefetch', '10%', { remainingShare: 0.1 }],
    ['prefetch', '1% + 5s', { remainingShare: 0.01, remainingSeconds: 5 }],
    ['prefetch', '2s of 9s', { remainingSeconds: 2, minimumOriginalSeconds: 9 }],
    ['switch', 'on', true],
    ['switch', false, false],
    ['target', 'endpoint us-east', { word: 'endpoint', name: 'us-east' }],
    ['target', 'server NS1.example.net', { word: 'server', name: 'ns1.example.net.' }],
    ['target', 'site ns1.x.net@eu', { word: 'site', name: 'ns1.x.net.', detail: 'eu' }],
    ['target', 'plane a/b/health', { word: 'plane', name: 'a/b', detail: 'health' }],
    ['target', 'path us-east/eu-west', { word: 'path', name: 'us-east', detail: 'eu-west' }],
    [
      'schedule',
      '1 at 0s, 2 at 500ms, all at 8s, give up at 10s',
      {
        sends: [
          { at: 0, resolver: 0 },
          { at: 500_000, resolver: 1 },
          { at: 8_000_000, resolver: 'all' },
        ],
        giveUp: 10_000_000,
      },
    ],
  ])('%s %j', (kind, raw, value) => {
    const { read, show } = KINDS[kind]!;
    expect(read(raw)).toEqual(value);
    expect(read(parse(show(value)))).toEqual(value);
  });

  test.each([
    ['duration', '36501d'],
    ['duration', -5],
    ['ttl', '500ms'],
    ['ttl', '69y'],
    ['ttl', '25000d'],
    ['share', '101%'],
    ['share', -0.1],
    ['share', 'half'],
    ['share', '1e2%'],
    ['capacity', 0],
    ['capacity', Number.POSITIVE_INFINITY],
    ['name', ''],
    ['name', `${'a'.repeat(64)}.com`],
    ['type', 'TYPE65536'],
    ['type', ''],
    ['address', '192.0.2.01'],
    ['address', '192.0.2.256'],
    ['prefetch', '2s of'],
    ['prefetch', '9s'],
    ['schedule', '2 at 5s, 1 at 3s, give up at 9s'],
    ['schedule', 'give up at 9s'],
    ['schedule', '0 at 0s, give up at 5s'],
    ['schedule', '3 at 0s, give up at 5s'],
    ['schedule', '1 at 0s'],
    ['switch', 'yes'],
    ['target', 'endpoint'],
    ['target', 'site ns1'],
    ['target', 'plane main/edges'],
    ['target', 'server a..b'],
    ['limit', 0],
  ])('%s refuses %j', (kind, raw) => {
    expect(KINDS[kind]!.read(raw)).toBeInstanceOf(Problem);
  });

  it('refuses what is no scalar, whatever the kind', () => {
    for (const kind of Object.values(KINDS)) {
      for (const raw of [null, undefined, [], {}, Number.NaN]) expect(kind.read(raw)).toBeInstanceOf(Problem);
    }
  });

  it('shows shares and durations so that they read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.nat({ max: 1e12 }), (tenths, micros) => {
        expect(shareKind.read(shareKind.show(tenths / 1000))).toBeCloseTo(tenths / 1000, 12);
        expect(durationKind().read(durationKind().show(micros))).toBe(micros);
      }),
      { seed: 10 },
    );
  });
});

/** Links: what goes in comes out, and whatever a stranger puts in gives a sentence, never an exception. */
import { readdirSync, readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decodeShared, encodeShared, type Shared } from '../../web/share/codec.ts';
import { sizeAdvice } from '../../web/share/size.ts';

const SEED = 20_261_122;

const PLAIN: Shared = { view: 'play', file: 'drill.yaml', text: 'duration: 1h\n', files: {}, sets: [] };

const shared: fc.Arbitrary<Shared> = fc
  .record(
    {
      view: fc.string(),
      file: fc.string(),
      text: fc.string({ unit: 'grapheme' }),
      files: fc.dictionary(fc.string(), fc.string()),
      sets: fc.array(fc.string()),
      seed: fc.maxSafeNat(),
      state: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer())),
    },
    { requiredKeys: ['view', 'file', 'text', 'files', 'sets'] },
  )
  .map((record) => record as Shared);

const payload = (text: string | Uint8Array): string => `1.${deflateRawSync(text).toString('base64url')}`;

describe('a link', () => {
  it('gives back what was put in', async () => {
    await fc.assert(
      fc.asyncProperty(shared, async (value) => {
        expect(await decodeShared(await encodeShared(value))).toEqual({ shared: value });
      }),
      { seed: SEED },
    );
  });

  it('needs no escaping in an address', async () => {
    expect(await encodeShared({ ...PLAIN, text: '#?&%+/=ä\u{1f525}' })).toMatch(/^1\.[\w-]+$/);
  });

  test.each(readdirSync('scenarios').filter((name) => name.endsWith('.yaml')))(
    'of %s is short enough for browsers and chat programs that take long ones',
    async (file) => {
      const text = readFileSync(`scenarios/${file}`, 'utf8');
      expect((await encodeShared({ ...PLAIN, file, text })).length).toBeLessThan(8_000);
    },
  );
});

describe('a link from a stranger', () => {
  test.each<[what: string, link: string, problem: RegExp]>([
    ['is empty', '', /damaged/],
    ['is no link', 'hello world', /damaged/],
    ['is of a later version', '2.abc', /newer version/],
    ['holds nothing', '1.', /damaged/],
    ['holds no deflated text', '1.AAAAAAAA', /damaged/],
    ['has an impossible length', '1.A', /damaged/],
    ['holds no JSON', payload('nonsense'), /damaged/],
    ['holds no UTF-8', payload(Uint8Array.of(0x22, 0xff, 0xfe, 0x22)), /damaged/],
    ['holds null', payload('null'), /not hold a scenario/],
    ['holds a list', payload('[]'), /not hold a scenario/],
    ['lacks a text', payload(JSON.stringify({ ...PLAIN, text: undefined })), /not hold a scenario/],
    ['has a number for a text', payload(JSON.stringify({ ...PLAIN, text: 7 })), /not hold a scenario/],
    ['has a file that is no text', payload(JSON.stringify({ ...PLAIN, files: { a: 1 } })), /not hold/],
    ['has a seed below 0', payload(JSON.stringify({ ...PLAIN, seed: -1 })), /not hold a scenario/],
    ['has a state that is a tree', payload(JSON.stringify({ ...PLAIN, state: { a: {} } })), /not hold/],
    ['swells', payload(JSON.stringify({ ...PLAIN, text: 'a'.repeat(3_000_000) })), /more text/],
  ])('that %s', async (_, link, problem) => {
    expect(await decodeShared(link)).toEqual({ problem: expect.stringMatching(problem) });
  });

  it('that was cut anywhere', async () => {
    const whole = await encodeShared({ ...PLAIN, text: readFileSync('scenarios/failover-ttl.yaml', 'utf8') });
    for (let length = 0; length < whole.length; length += 7) {
      expect(await decodeShared(whole.slice(0, length))).toEqual({ problem: expect.any(String) });
    }
  });

  it('of any characters gives a problem or a scenario', async () => {
    const tail = fc.oneof(
      fc.string(),
      fc.uint8Array().map((octets) => `1.${Buffer.from(octets).toString('base64url')}`),
    );
    await fc.assert(
      fc.asyncProperty(tail, async (link) => {
        expect(Object.keys(await decodeShared(link))).toHaveLength(1);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('does not reach the prototype of anything', async () => {
    const raw = JSON.stringify({ ...PLAIN, files: {} }).replace('"files":{}', '"files":{"__proto__":"x"}');
    const decoded = await decodeShared(payload(raw));
    expect(Object.keys('shared' in decoded ? decoded.shared.files : {})).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

test.each([
  [100, 'fine'],
  [2_000, 'fine'],
  [2_001, 'long'],
  [8_000, 'long'],
  [8_001, 'too long'],
] as const)('%d characters are %s', (length, level) => {
  expect(sizeAdvice(length).level).toBe(level);
});

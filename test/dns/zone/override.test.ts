import { describe, expect, test } from 'vitest';
import { parseRRsets } from '../../../src/dns/data/presentation.ts';
import type { Override } from '../../../src/dns/zone/view.ts';
import { ask, host, summary, zoneOf } from './zone-text.ts';

const SERVER = host(
  zoneOf(
    'example.com.',
    `$TTL 300
@ SOA ns h 1 2 3 4 60
@ NS ns
ns A 192.0.2.53
app A 192.0.2.1
app AAAA 2001:db8::1
www CNAME app
mail MX 10 app
*.wild A 192.0.2.2
child NS ns.child
ns.child A 192.0.2.54
`,
  ),
);
const SOA = 'au example.com. 60 SOA ns.example.com. h.example.com. 1 2 3 4 60';

/** A policy that answers from a table in presentation format; a line `owner TYPE absent` takes an RRset away. */
function policy(text: string): Override {
  const lines = text.split('\n').map((line) => line.trim());
  const absent = new Set(lines.filter((line) => line.endsWith(' absent')).map((line) => line.slice(0, -7)));
  const sets = parseRRsets(lines.filter((line) => !line.endsWith(' absent')).join('\n'));
  return (name, type) => {
    if (absent.has(`${name} ${type}`)) return 'absent';
    return sets.find((set) => set.name === name && set.type === type);
  };
}
const answer = (question: string, text: string): string[] =>
  summary(ask(SERVER, question, { override: policy(text), minimalResponses: true }));

const OTHER = 'app.example.com. 30 A 198.51.100.1';

describe('an override', () => {
  test.each([
    [
      'replaces an RRset',
      'app.example.com. A',
      OTHER,
      ['NOERROR aa', 'an app.example.com. 30 A 198.51.100.1'],
    ],
    [
      'leaves other types alone',
      'app.example.com. AAAA',
      OTHER,
      ['NOERROR aa', 'an app.example.com. 300 AAAA 2001:db8::1'],
    ],
    [
      'counts behind an alias',
      'www.example.com. A',
      OTHER,
      [
        'NOERROR aa',
        'an app.example.com. 30 A 198.51.100.1',
        'an www.example.com. 300 CNAME app.example.com.',
      ],
    ],
    [
      'counts for ANY',
      'app.example.com. ANY',
      OTHER,
      ['NOERROR aa', 'an app.example.com. 30 A 198.51.100.1', 'an app.example.com. 300 AAAA 2001:db8::1'],
    ],
    ['absent is NODATA', 'app.example.com. A', 'app.example.com. 1 absent', ['NOERROR aa', SOA]],
    [
      'may be an alias',
      'app.example.com. TXT',
      'app.example.com. 5 CNAME x.example.net.',
      ['NOERROR aa', 'an app.example.com. 5 CNAME x.example.net.'],
    ],
    [
      'makes a name exist',
      'new.deep.example.com. A',
      'new.deep.example.com. 5 A 192.0.2.9',
      ['NOERROR aa', 'an new.deep.example.com. 5 A 192.0.2.9'],
    ],
    [
      'makes an alias exist',
      'new.example.com. A',
      'new.example.com. 5 CNAME ns.example.com.',
      ['NOERROR aa', 'an new.example.com. 5 CNAME ns.example.com.', 'an ns.example.com. 300 A 192.0.2.53'],
    ],
    ['creates nothing by absence', 'new.example.com. A', 'new.example.com. 1 absent', ['NXDOMAIN aa', SOA]],
    [
      'is asked with the name of the wildcard',
      'x.wild.example.com. A',
      '*.wild.example.com. 5 A 192.0.2.7',
      ['NOERROR aa', 'an x.wild.example.com. 5 A 192.0.2.7'],
    ],
    [
      'for one name beats the wildcard',
      'x.wild.example.com. A',
      'x.wild.example.com. 5 A 192.0.2.8',
      ['NOERROR aa', 'an x.wild.example.com. 5 A 192.0.2.8'],
    ],
    [
      'does not reach below a zone cut',
      'x.child.example.com. A',
      'x.child.example.com. 5 A 192.0.2.8',
      [
        'NOERROR',
        'au child.example.com. 300 NS ns.child.example.com.',
        'ad ns.child.example.com. 300 A 192.0.2.54',
      ],
    ],
  ])('%s: %s', (_what, question, text, expected) => expect(answer(question, text)).toEqual(expected));

  test('decides additional addresses too', () => {
    const message = ask(SERVER, 'mail.example.com. MX', { override: policy(OTHER) });
    expect(summary(message)).toContain('ad app.example.com. 30 A 198.51.100.1');
  });
  test('hears the name a wildcard stands for', () => {
    const heard: string[] = [];
    const override: Override = (owner, _type, qname) => {
      if (owner !== qname) heard.push(`${owner} for ${qname}`);
      return undefined;
    };
    ask(SERVER, 'x.wild.example.com. A', { override });
    ask(SERVER, 'app.example.com. A', { override });
    expect([...new Set(heard)]).toEqual(['*.wild.example.com. for x.wild.example.com.']);
  });
  test('without one the zone answers (control)', () => {
    expect(answer('app.example.com. A', '')).toEqual(['NOERROR aa', 'an app.example.com. 300 A 192.0.2.1']);
  });
});

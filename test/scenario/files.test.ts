import { expect, it } from 'vitest';
import { load } from './base.ts';

const SCENARIO = `duration: 1h
zones: [{ file: example.com.zone }]
clients: { users: { requests: { name: app.example.com } } }
`;
const ZONE = '$TTL 300\n@ SOA ns1 hostmaster 1 1h 15m 1w 5m\n@ NS ns1.main-dns.net.\napp A 203.0.113.10\n';

it('line ends of Windows make no other scenario, in no file; other text does', () => {
  const windows = (text: string): string => text.replaceAll('\n', '\r\n');
  const hash = (scenario: string, zone: string): string | undefined =>
    load(scenario, { 'example.com.zone': zone }).scenario?.sha256;
  expect(hash(SCENARIO, ZONE)).toMatch(/^[\da-f]{64}$/);
  expect(hash(windows(SCENARIO), windows(ZONE))).toBe(hash(SCENARIO, ZONE));
  expect(hash(SCENARIO, ZONE.replace('300', '301'))).not.toBe(hash(SCENARIO, ZONE));
});

/** Rules about policies, checks and endpoints, with generic policies. */
import { AZURE, CHECKED, FAILOVER, UNCHECKED } from './parts.ts';
import type { Row } from './rows.ts';

export const POLICY_ROWS: readonly Row[] = [
  [
    'policy-at-one-provider',
    { policies: FAILOVER },
    ['warning 7:13'],
    { policies: FAILOVER, providers: '{ one: {} }' },
  ],
  ['single-endpoint', {}, ['warning 4:39'], { policies: FAILOVER }],
  ['no-health-check', { endpoints: UNCHECKED, policies: FAILOVER }, ['warning 7:13'], { policies: FAILOVER }],
  [
    'no-health-check',
    { zone: '{ name: example.com, records: "app 300 A 203.0.113.10\\napp 300 A 198.51.100.20" }' },
    ['warning 4:39'],
    {},
  ],
  [
    'no-health-check',
    { endpoints: UNCHECKED, policies: '{ app.example.com/A: { weighted: { us: 1, eu: 1 } } }' },
    ['warning 7:13'],
    { policies: '{ app.example.com/A: { weighted: { us: 1, eu: 1 } } }' },
  ],
  [
    'secondary-without-check',
    {
      endpoints: '{ us: { address: 203.0.113.10, check: { tcp: true } }, eu: { address: 198.51.100.20 } }',
      policies: FAILOVER,
    },
    ['warning 7:13'],
    { policies: FAILOVER },
  ],
  [
    'check-slower-than-ttl',
    { endpoints: CHECKED.replaceAll('10s', '1m'), policies: FAILOVER },
    ['warning 5:50'],
    { policies: FAILOVER },
  ],
  ['one-checker', {}, ['note 5:50', 'note 5:119'], { network: '{ regions: [us] }' }],
  [
    'all-unhealthy',
    { policies: FAILOVER.replace('secondary: eu', 'secondary: eu, both-unhealthy: none') },
    ['warning 7:13'],
    { policies: FAILOVER },
  ],
  [
    'all-unhealthy',
    { policies: FAILOVER.replace('secondary: eu', 'secondary: eu, both-unhealthy: secondary') },
    ['note 7:13'],
    {},
  ],
  [
    'all-unhealthy',
    {
      providers: '{ one: { kind: route53 } }',
      policies: '{ app.example.com/A: { route53: { weighted: { us: 1, eu: 1 } } } }',
    },
    ['note 7:13'],
    {
      endpoints: UNCHECKED,
      providers: '{ one: { kind: route53 } }',
      policies: '{ app.example.com/A: { route53: { weighted: { us: 1, eu: 1 } } } }',
    },
  ],
  [
    'missing-default',
    { policies: '{ app.example.com/A: { geo: { country US: us, continent EU: eu } } }' },
    ['warning 7:13'],
    { policies: '{ app.example.com/A: { geo: { country US: us, default: eu } } }' },
  ],
  [
    'missing-default',
    { policies: '{ app.example.com/A: { regions: { us: us } } }' },
    ['warning 7:13'],
    { policies: '{ app.example.com/A: { regions: { us: us, default: eu } } }' },
  ],
  [
    'missing-default',
    { policies: '{ app.example.com/A: { networks: { 192.0.2.0/24: us } } }' },
    ['warning 7:13'],
    { policies: '{ app.example.com/A: { networks: { 192.0.2.0/24: us, default: eu } } }' },
  ],
  [
    'missing-default',
    { providers: '{ az: { kind: azure } }', policies: AZURE.replace('default', 'continent NA') },
    ['warning 7:13'],
    { providers: '{ az: { kind: azure } }', policies: AZURE },
  ],
  ['all-unhealthy', { providers: '{ az: { kind: azure } }', policies: AZURE }, ['note 7:13'], {}],
  [
    'failover-ttl',
    { policies: FAILOVER.replace('secondary: eu', 'secondary: eu, ttl: 1h') },
    ['warning 7:13'],
    { policies: FAILOVER },
  ],
  ['failover-not-drilled', { policies: FAILOVER, timeline: '[]' }, ['note 7:13'], { policies: FAILOVER }],
];

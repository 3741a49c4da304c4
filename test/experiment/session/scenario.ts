/** One small failover scenario for the tests of sessions. */

import type { WorldSpec } from '../../../src/model/spec.ts';
import { loadScenario, type Scenario } from '../../../src/scenario/load.ts';

export const TEXT = `
schema: 1
title: A small failover
duration: 1h
replications: 1
zones:
  - name: example.com
    records: |
      app 60 IN A 203.0.113.10
endpoints:
  east: { address: 203.0.113.10, check: { https: /health, interval: 10s, failures: 3 } }
  west: { address: 198.51.100.20 }
policies:
  app.example.com/A:
    failover: { primary: east, secondary: west, ttl: 60s }
resolvers:
  isp: { profile: isp-typical, count: 20 }
clients:
  browsers:
    { count: 400, represents: 40000, app: fetcher, os: linux, resolvers: isp, requests: { name: app.example.com, every: 60s } }
timeline:
  - { at: 10m, fail: endpoint east, for: 30m, label: east dies }
`;

export function scenarioOf(text: string = TEXT, sets: readonly string[] = []): Scenario {
  const { scenario, issues } = loadScenario({ text, file: 'small.yaml', sets });
  if (!scenario) throw new Error(JSON.stringify(issues));
  return scenario;
}

export function specOf(sets: readonly string[] = [], text: string = TEXT): WorldSpec {
  return scenarioOf(text, sets).strategies[0]!.spec;
}

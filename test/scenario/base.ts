/** A small scenario that is well formed, and ways to spoil it. */
import type { Issue } from '../../src/base/issue.ts';
import { type LoadResult, loadScenario, type Scenario } from '../../src/scenario/load.ts';

export const BASE = `duration: 1h
zones:
  - name: example.com
    records: |
      app 60 IN A 203.0.113.10
endpoints:
  east: { address: 203.0.113.10, check: { tcp: true } }
  west: { address: 198.51.100.20 }
resolvers:
  isp: { profile: unbound, count: 2 }
clients:
  users: { count: 10, requests: { name: app.example.com } }
`;

/** Loads text as `drill.yaml`. @param files beside it */
export function load(
  text: string,
  files: Readonly<Record<string, string>> = {},
  sets: readonly string[] = [],
): LoadResult {
  return loadScenario({ text, file: 'drill.yaml', readFile: (path) => files[path], sets });
}

/** The scenario of text that must load. */
export function mustLoad(
  text: string,
  files: Readonly<Record<string, string>> = {},
  sets: readonly string[] = [],
): Scenario {
  const { scenario, issues } = load(text, files, sets);
  if (!scenario) throw new Error(issues.map(line).join('\n'));
  return scenario;
}

/** `line:column severity code: message (path) hint`, the file only when it is another one. */
export function line({ severity, code, message, path, place, hint }: Issue): string {
  const file = place && place.file !== 'drill.yaml' ? `${place.file}:` : '';
  const at = place ? `${file}${place.line}:${place.column}` : 'nowhere';
  const level = severity === 'warning' ? 'warning ' : '';
  return `${at} ${level}${code}: ${message}${path ? ` (${path})` : ''}${hint ? ` -> ${hint}` : ''}`;
}

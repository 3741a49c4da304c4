/** All health checks of a world: those of the endpoints, and those that stand by themselves. */
import type { NamedCheckSpec, WorldSpec } from '../../spec.ts';
import { CalculatedCheck } from './calculated.ts';
import { HealthCheck, type HealthCheckParts } from './health-check.ts';
import { MetricCheck } from './metric.ts';
import { signalOf } from './signals.ts';
import { CheckSwitches, type SwitchSetting } from './switches.ts';

/** What runs the checks, and who hears their verdicts: the number of the signal comes first. */
export type MonitorParts = Omit<HealthCheckParts, 'onVerdict'> & {
  readonly onVerdict: (signal: number, healthy: boolean) => void;
};

/** The checks of a world, as far as operators can reach them. */
export interface Monitors {
  set(signal: number, setting: SwitchSetting): void;
}

/** Starts every check of `spec`. Opens streams named `health/...`. */
export function startMonitors(spec: WorldSpec, parts: MonitorParts): Monitors {
  const calculated = new Map<number, CalculatedCheck[]>();
  const switches = new CheckSwitches(
    (signal) => isInverted(spec, signal),
    (signal, healthy) => {
      parts.onVerdict(signal, healthy);
      for (const one of calculated.get(signal) ?? []) one.hear(signal, healthy);
    },
  );
  const tell = (signal: number, healthy: boolean): void => switches.hear(signal, healthy);
  const partsFor = (signal: number): HealthCheckParts => ({
    ...parts,
    onVerdict: (healthy) => tell(signal, healthy),
  });
  spec.checks?.forEach((named, signal) => {
    if (named.check.kind !== 'calculated') return;
    const children = named.check.of.map((ref) => signalOf(spec, ref));
    const check = new CalculatedCheck(named.check, children, (healthy) => tell(signal, healthy));
    for (const child of new Set(children)) calculated.set(child, [...(calculated.get(child) ?? []), check]);
  });
  spec.checks?.forEach((named, signal) => {
    startNamed(spec, named, partsFor(signal));
  });
  spec.endpoints.forEach((endpoint, index) => {
    if (!endpoint.check) return;
    const subject = { name: endpoint.name, endpoint: index, region: endpoint.region };
    new HealthCheck(subject, endpoint.check, partsFor(signalOf(spec, { kind: 'endpoint', endpoint: index })));
  });
  return switches;
}

function isInverted({ checks = [], endpoints }: WorldSpec, signal: number): boolean {
  const check = checks[signal]?.check;
  const own = check === undefined ? endpoints[signal - checks.length]?.check : undefined;
  if (check?.kind === 'probe') return check.probe.inverted ?? false;
  return check?.inverted ?? own?.inverted ?? false;
}

function startNamed(spec: WorldSpec, { name, check }: NamedCheckSpec, parts: HealthCheckParts): void {
  if (check.kind === 'calculated') return;
  const { endpoint } = check;
  const subject = { name: `check ${name}`, endpoint, region: spec.endpoints[endpoint]!.region };
  if (check.kind === 'probe') new HealthCheck(subject, check.probe, parts);
  else new MetricCheck(subject, check, parts);
}

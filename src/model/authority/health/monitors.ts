/** All health checks of a world: those of the endpoints, and those that stand by themselves. */
import type { NamedCheckSpec, WorldSpec } from '../../spec.ts';
import { CalculatedCheck } from './calculated.ts';
import { HealthCheck, type HealthCheckParts } from './health-check.ts';
import { MetricCheck } from './metric.ts';
import { signalOf } from './signals.ts';
import { CheckSwitches, type Stoppable, type SwitchSetting } from './switches.ts';

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
    const check = startNamed(spec, named, partsFor(signal));
    if (check) switches.put(signal, check);
  });
  spec.endpoints.forEach((endpoint, index) => {
    if (!endpoint.check) return;
    const subject = { name: endpoint.name, endpoint: index, region: endpoint.region };
    const signal = signalOf(spec, { kind: 'endpoint', endpoint: index });
    switches.put(signal, new HealthCheck(subject, endpoint.check, partsFor(signal)));
  });
  return switches;
}

function isInverted({ checks = [], endpoints }: WorldSpec, signal: number): boolean {
  const check = checks[signal]?.check;
  const own = check === undefined ? endpoints[signal - checks.length]?.check : undefined;
  if (check?.kind === 'probe') return check.probe.inverted ?? false;
  return check?.inverted ?? own?.inverted ?? false;
}

/** Nothing to be stopped of a calculated check: it has no memory but what its children say. */
function startNamed(
  spec: WorldSpec,
  { name, check }: NamedCheckSpec,
  parts: HealthCheckParts,
): Stoppable | undefined {
  if (check.kind === 'calculated') return undefined;
  const { endpoint } = check;
  const subject = { name: `check ${name}`, endpoint, region: spec.endpoints[endpoint]!.region };
  return check.kind === 'probe'
    ? new HealthCheck(subject, check.probe, parts)
    : new MetricCheck(subject, check, parts);
}

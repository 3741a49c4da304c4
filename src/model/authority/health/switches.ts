/**
 * What operators set at health checks while they run: disabled, or turned to say the opposite.
 *
 * A disabled check sends nothing, gathers nothing from its children and looks at no metric. It says healthy, or
 * unhealthy where it is inverted (Route 53 API reference, HealthCheckConfig: Disabled; Developer Guide,
 * health-checks-creating-values; for others an assumption). Enabled again it begins anew, as a new check does: with
 * what it took for true at the start, until checkers have counted to their thresholds (an assumption).
 */

/** What is set; what is absent stays as it is. */
export interface SwitchSetting {
  readonly disabled?: boolean;
  /** The opposite of what it was. */
  readonly turned?: true;
}

interface Switch {
  readonly disabled: boolean;
  readonly turned: boolean;
}

const AS_BUILT: Switch = { disabled: false, turned: false };

/** A check that can be stopped and begun anew. */
export interface Stoppable {
  stop(): void;
  /** Forgets what it knew, and tells its first verdict if that is news. */
  begin(): void;
}

export class CheckSwitches {
  readonly #checks: Map<number, Stoppable> = new Map();
  readonly #isInverted: (signal: number) => boolean;
  readonly #onVerdict: (signal: number, healthy: boolean) => void;
  readonly #switches: Map<number, Switch> = new Map();
  /** Signals whose checks say unhealthy, and those that others were told to be. */
  readonly #reported: Set<number> = new Set();
  readonly #told: Set<number> = new Set();

  /** @param isInverted as the check was built @param onVerdict hears every turn */
  constructor(
    isInverted: (signal: number) => boolean,
    onVerdict: (signal: number, healthy: boolean) => void,
  ) {
    this.#isInverted = isInverted;
    this.#onVerdict = onVerdict;
  }

  /** The check behind a signal. */
  put(signal: number, check: Stoppable): void {
    this.#checks.set(signal, check);
  }

  /** The check itself has come to a verdict. */
  hear(signal: number, healthy: boolean): void {
    mark(this.#reported, signal, healthy);
    this.#tell(signal);
  }

  set(signal: number, { disabled, turned }: SwitchSetting): void {
    const before = this.#switches.get(signal) ?? AS_BUILT;
    const after = {
      disabled: disabled ?? before.disabled,
      turned: turned ? !before.turned : before.turned,
    };
    this.#switches.set(signal, after);
    const check = this.#checks.get(signal);
    if (after.disabled && !before.disabled) check?.stop();
    else if (before.disabled && !after.disabled) check?.begin();
    this.#tell(signal);
  }

  #tell(signal: number): void {
    const healthy = this.#says(signal);
    if (healthy === !this.#told.has(signal)) return;
    mark(this.#told, signal, healthy);
    this.#onVerdict(signal, healthy);
  }

  #says(signal: number): boolean {
    const { disabled, turned } = this.#switches.get(signal) ?? AS_BUILT;
    if (disabled) return this.#isInverted(signal) === turned;
    return this.#reported.has(signal) === turned;
  }
}

function mark(unhealthy: Set<number>, signal: number, healthy: boolean): void {
  if (healthy) unhealthy.delete(signal);
  else unhealthy.add(signal);
}

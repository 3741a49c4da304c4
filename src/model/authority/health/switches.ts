/**
 * What operators set at health checks while they run: disabled, or turned to say the opposite.
 *
 * A disabled check goes on in the background, so it knows at once when it is enabled again; a real one begins anew and
 * is taken for healthy until it has results. Disabled it says healthy, or unhealthy where it is inverted (Route 53
 * Developer Guide, health-checks-creating-values; for others an assumption).
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

export class CheckSwitches {
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

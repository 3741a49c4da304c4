/**
 * Everything the page can do, by name: buttons, the palette, keys and deep links (`do=play.step`) all run the same
 * commands.
 */

export interface Command {
  /** Stable: `play.step`, `compare.open`. */
  readonly id: string;
  readonly title: string;
  /** Several commands that share a row in the list of keys: what they are called together. */
  readonly group?: string;
  /** Key inside the simulation region, as `KeyboardEvent.key` has it, `Shift+` before it where needed. */
  readonly keys?: readonly string[];
  readonly run: () => void;
  /** Absent: always. */
  readonly available?: () => boolean;
}

export class Commands {
  readonly #byId: Map<string, Command> = new Map();
  /** Asked for before the place that owns it had come up. */
  #waiting: string | undefined;

  /** Adds commands until the function returned is called. */
  add(commands: readonly Command[]): () => void {
    for (const command of commands) this.#byId.set(command.id, command);
    const due = commands.find(({ id }) => id === this.#waiting);
    if (due) {
      this.#waiting = undefined;
      queueMicrotask(() => this.run(due.id));
    }
    return () => {
      for (const command of commands) {
        if (this.#byId.get(command.id) === command) this.#byId.delete(command.id);
      }
    };
  }

  /** Those that can be run now, in the order they were added. */
  get list(): readonly Command[] {
    return [...this.#byId.values()].filter(isAvailable);
  }

  /** Every command with a key, for the list of keys. */
  get keyed(): readonly Command[] {
    return [...this.#byId.values()].filter(({ keys }) => keys !== undefined);
  }

  run(id: string): boolean {
    const command = this.#byId.get(id);
    if (!command || !isAvailable(command)) return false;
    command.run();
    return true;
  }

  /** Runs a command now, or as soon as somebody adds it. */
  runWhenReady(id: string): void {
    if (!this.run(id)) this.#waiting = id;
  }

  /** @param key as `keyOf` gives it */
  byKey(key: string): Command | undefined {
    return this.list.find(({ keys }) => keys?.includes(key));
  }
}

function isAvailable({ available }: Command): boolean {
  return available?.() ?? true;
}

/** `Shift+ArrowLeft`, `n`, `Space`; undefined for keys that belong to the browser. */
export function keyOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): string | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (key === ' ') return 'Space';
  return shiftKey && key.length > 1 ? `Shift+${key}` : key;
}

/** How a key is written for people. */
export function keyText(key: string): string {
  return key.replace('ArrowLeft', '←').replace('ArrowRight', '→').replace('Shift+', 'Shift ');
}

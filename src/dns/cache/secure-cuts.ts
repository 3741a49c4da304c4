/**
 * The zone cuts through which a chain of trust leads down from the root (RFC 4035 §5): each with the zone above, whose
 * DS set vouches for the zone below, for as long as that is known. The root is trusted.
 */
import type { Micros } from '../../base/time.ts';
import { type Name, ROOT } from '../data/name.ts';

/** The zone above, which vouches for the keys of the one below. */
interface SecureCut {
  readonly parent: Name;
  readonly until: Micros;
}

export class SecureCuts {
  readonly #cuts: Map<Name, SecureCut> = new Map();

  /** @param cut undefined: the delegation is not signed */
  put(zone: Name, cut: SecureCut | undefined): void {
    if (cut) this.#cuts.set(zone, cut);
    else this.#cuts.delete(zone);
  }

  /** Whether the chain of trust reaches a zone from the root. */
  isSecure(zone: Name, now: Micros): boolean {
    let at = zone;
    while (at !== ROOT) {
      const cut = this.#cuts.get(at);
      if (cut === undefined || now >= cut.until) return false;
      at = cut.parent;
    }
    return true;
  }

  clear(): void {
    this.#cuts.clear();
  }
}

/** The LUA and ALIAS records of all zones a provider has, read again when a zone changes. */
import type { Name } from '../../../../dns/data/name.ts';
import { LUA, type RrType } from '../../../../dns/data/rrtype.ts';
import type { Zone } from '../../../../dns/zone/zone.ts';
import { type LuaOwner, ownersIn } from './records.ts';

export class ZoneBook {
  readonly #byZone: Map<number, Map<Name, LuaOwner>> = new Map();
  #owners: ReadonlyMap<Name, LuaOwner> = new Map();

  constructor(zones: ReadonlyMap<number, Zone>) {
    for (const [index, zone] of zones) this.#byZone.set(index, ownersIn(zone));
    this.#join();
  }

  /** Zone `index` holds this from now on. */
  put(index: number, zone: Zone): void {
    this.#byZone.set(index, ownersIn(zone));
    this.#join();
  }

  /** What stands at a name. */
  at(name: Name): LuaOwner | undefined {
    return this.#owners.get(name);
  }

  /** Every name and type with LUA records, in the order of the zones; configuration (`LUA LUA`) left out. */
  programs(): { readonly owner: LuaOwner; readonly name: Name; readonly type: RrType }[] {
    return [...this.#owners].flatMap(([name, owner]) =>
      [...owner.records.keys()].filter((type) => type !== LUA).map((type) => ({ owner, name, type })),
    );
  }

  #join(): void {
    this.#owners = new Map([...this.#byZone.values()].flatMap((owners) => [...owners]));
  }
}

/**
 * The names that clients ask for, with the aliases behind them: what servers that have been running for long have been
 * asked for.
 *
 * Aliases are followed as they stand at the start, whatever policies choose. Names only found in answers of other types
 * (MX, SRV) are left out.
 */
import { type Name, parent, prepend } from '../../../../dns/data/name.ts';
import { ALIAS, CNAME } from '../../../../dns/data/rrtype.ts';
import type { WorldSpec } from '../../../spec.ts';

export function askedNames(spec: WorldSpec): ReadonlySet<Name> {
  const found = new Set<Name>();
  const questions = spec.populations.flatMap(({ questions: all }) => all);
  const queue = questions.flatMap(({ name, search }) => [name, ...(search?.candidates ?? [])]);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    queue.push(...targetsOf(spec, name));
  }
  return found;
}

/** The name itself and the wildcards that may stand for it. */
export function ownersFor(name: Name): Name[] {
  const owners = [name];
  for (let above = parent(name); above !== undefined; above = parent(above)) {
    const wildcard = prepend('*', above);
    if (wildcard) owners.push(wildcard);
  }
  return owners;
}

function targetsOf({ zones, policies }: WorldSpec, name: Name): Name[] {
  const owners = ownersFor(name);
  const records = zones.flatMap(({ zone }) =>
    owners.flatMap((owner) => [CNAME, ALIAS].flatMap((type) => zone.get(owner, type)?.rdata ?? [])),
  );
  const chosen = policies
    .filter((policy) => owners.includes(policy.name))
    .flatMap(({ candidates }) => candidates.map(({ data }) => data));
  const rdata = [...records, ...chosen.flatMap((data) => (data.kind === 'records' ? data.rdata : []))];
  return [
    ...rdata.flatMap((one) => (one.kind === 'name' ? [one.target] : [])),
    ...chosen.flatMap((data) => (data.kind === 'alias' ? [data.name] : [])),
  ];
}

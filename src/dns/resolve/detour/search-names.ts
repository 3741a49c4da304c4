/**
 * The names that a name completed with the first domain of a search list may mean (CoreDNS 1.14
 * plugin/autopath/autopath.go).
 *
 * The client's list is told by the name itself; real servers look up whose address the query comes from, which makes a
 * difference to clients that ask in full for a name of another list that does not exist.
 */
import type { Question } from '../../data/message.ts';
import { isBelow, isSubdomain, type Name, ROOT, replaceSuffix } from '../../data/name.ts';
import { A, AAAA } from '../../data/rrtype.ts';

export interface AutopathOptions {
  /** Zones of the names it looks at. */
  readonly zones: readonly Name[];
  /** Search lists, told apart by their first domain. The name as it stands is tried after the last. */
  readonly lists: readonly (readonly Name[])[];
}

/** The names a question may mean, itself first; undefined where it is no business of autopath. */
export function searchNames({ name, type }: Question, options: AutopathOptions): readonly Name[] | undefined {
  if (type !== A && type !== AAAA) return undefined;
  if (!options.zones.some((zone) => isSubdomain(name, zone))) return undefined;
  const list = options.lists.find(([first]) => first !== undefined && isBelow(name, first));
  return list && [...list, ROOT].flatMap((domain) => replaceSuffix(name, list[0]!, domain) ?? []);
}

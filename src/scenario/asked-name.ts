/** Names as clients ask for them: with their final dot complete, without it subject to a search list. */
import type { Name } from '../dns/data/name.ts';
import { type Kind, nameKind, Problem } from './kinds.ts';

export interface AskedName {
  /** The name as it stands. */
  readonly name: Name;
  /** Written without the final dot: a search list applies where there is one. */
  readonly relative: boolean;
}

/** A domain name that remembers whether it was written with its final dot. */
export const askedNameKind: Kind<AskedName> = {
  noun: nameKind.noun,
  json: nameKind.json,
  read(raw) {
    const name = nameKind.read(raw);
    return name instanceof Problem ? name : { name, relative: !String(raw).endsWith('.') };
  },
  show: ({ name, relative }) => (relative ? name.slice(0, -1) : name),
};

/** The fields of an NSEC3 record (RFC 5155 §3). */
import { decodeHex } from './base-n.ts';
import type { HashParameters } from './hashed-name.ts';
import { labels } from './name.ts';
import type { RRset } from './rrset.ts';
import { type RrType, typeFromText } from './rrtype.ts';

export interface Nsec3 {
  /** Hashes in base32hex, upper case. */
  readonly owner: string;
  readonly next: string;
  readonly parameters: HashParameters;
  /** Unsigned delegations may lie in the gap (RFC 5155 §6). */
  readonly optOut: boolean;
  readonly types: ReadonlySet<RrType>;
}

const SHA_1 = 1;
const OPT_OUT = 1;

/** Reads an NSEC3 RRset, which holds one record; undefined for a hash or flags that are unknown (§8.1, §8.2). */
export function readNsec3({ name, rdata }: RRset): Nsec3 | undefined {
  const [algorithm, flags, iterations, salt, next, ...types] = rdata[0]!.text.split(' ');
  if (Number(algorithm) !== SHA_1 || Number(flags) > OPT_OUT) return undefined;
  return {
    owner: labels(name)[0]!.toUpperCase(),
    next: next!,
    parameters: { iterations: Number(iterations), salt: saltOf(salt!) },
    optOut: Number(flags) === OPT_OUT,
    types: new Set(types.flatMap((one) => typeFromText(one) ?? [])),
  };
}

/** The hashing of an NSEC3PARAM record (§4); undefined for an unknown hash. */
export function readParameters({ rdata }: RRset): HashParameters | undefined {
  const [algorithm, , iterations, salt] = rdata[0]!.text.split(' ');
  if (Number(algorithm) !== SHA_1) return undefined;
  return { iterations: Number(iterations), salt: saltOf(salt!) };
}

/** `-` stands for no salt (§3.3). */
function saltOf(text: string): string {
  return text === '-' ? '' : (decodeHex(text) ?? '');
}

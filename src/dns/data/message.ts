/**
 * DNS messages as the model exchanges them: sections of whole RRsets (RFC 1035 §4.1), no wire form.
 *
 * Not modelled: message ids, EDNS options, compression and size. A truncated answer (`truncated`) is set by
 * whoever knows a size limit, never derived from octets.
 */
import type { Name } from './name.ts';
import type { RRset } from './rrset.ts';
import type { RrType } from './rrtype.ts';

export type Rcode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED' | 'YXDOMAIN';

export interface Question {
  readonly name: Name;
  readonly type: RrType;
}

export interface Message {
  readonly question: Question;
  readonly rcode: Rcode;
  /** AA: the responder is an authority for the owner of the first answer (RFC 1034 §6.2). */
  readonly authoritative: boolean;
  /** RA: the responder offers recursion; from an authority without AA it betrays a lame server. */
  readonly recursionAvailable: boolean;
  /** TC: ask again over TCP. */
  readonly truncated: boolean;
  readonly answer: readonly RRset[];
  readonly authority: readonly RRset[];
  readonly additional: readonly RRset[];
  /** With an error from a recursive resolver: why it failed, and where. Stands in for RFC 8914 (EDE). */
  readonly failure?: FailureOrigin | undefined;
  /** Why the responder answers as it does, for traces: an error (EXTRA-TEXT of RFC 8914 §2), or a policy's choice. */
  readonly said?: string;
}

/** The resolver a failure comes from, and the reason it gives (a `Reason` of the resolver's protocol). */
export interface FailureOrigin {
  readonly reason: string;
  readonly by: string;
}

/** A response to `question`: NOERROR, no flags and empty sections unless `parts` says otherwise. */
export function makeMessage(question: Question, parts: Partial<Omit<Message, 'question'>> = {}): Message {
  return {
    question,
    rcode: 'NOERROR',
    authoritative: false,
    recursionAvailable: false,
    truncated: false,
    answer: [],
    authority: [],
    additional: [],
    ...parts,
  };
}

/** The words that need explaining: one sentence each, and where they are defined. */
export interface Word {
  readonly text: string;
  /** `RFC 1035 §3.2.1`; absent for words of this program. */
  readonly source?: string;
}

export const WORDS: Readonly<Record<string, Word>> = {
  TTL: {
    text: 'Time to live: for so many seconds a cache may hand out an answer before it has to ask again.',
    source: 'RFC 1035 §3.2.1, RFC 2181 §8',
  },
  'negative TTL': {
    text: 'How long a cache may remember that a name or record does not exist: the lesser of the SOA’s TTL and its last field.',
    source: 'RFC 2308 §5',
  },
  'serve-stale': {
    text: 'A resolver that cannot reach the authoritative servers may hand out an expired answer rather than none.',
    source: 'RFC 8767',
  },
  'recursive resolver': {
    text: 'Finds answers on behalf of its clients by asking authoritative servers, and keeps them in a cache.',
    source: 'RFC 9499 §6',
  },
  'authoritative server': {
    text: 'Answers for a zone from its own data, not from a cache.',
    source: 'RFC 9499 §6',
  },
  'health check': {
    text: 'A probe sent to an endpoint every interval; so many failures in a row and it counts as down.',
  },
  threshold: {
    text: 'Consecutive failures a checker waits for before it calls an endpoint unhealthy. Interval times threshold is the time to detect.',
  },
  'application cache': {
    text: 'Browsers and run-times keep answers of their own, some of them longer than the TTL allows.',
  },
  'OS cache': {
    text: 'The stub resolver of many operating systems keeps answers for all programs of the machine.',
    source: 'RFC 9499 §6',
  },
  'request rate': { text: 'How often one client makes a request. A client that does not ask cannot notice.' },
  clients: { text: 'Programs that look a name up and then use the address. Each may stand for many users.' },
  propagation: { text: 'From a change accepted by the provider until all of its servers answer with it.' },
  'packet loss': { text: 'Share of packets lost in each direction on every path.' },
  'TTL floor': { text: 'Some resolvers keep every answer at least so long, whatever its TTL says.' },
  'TTL cap': { text: 'Resolvers keep no answer longer than this.', source: 'RFC 8767 §4' },
  'user-minutes': { text: 'Represented users times minutes without service, added up over all of them.' },
  'cost a month': {
    text: 'What the providers’ public price lists ask for a month at the rate before the fault; a price nobody publishes makes it a lower bound.',
  },
  'time to recovery': {
    text: 'For each user who had a failure: from the start of the fault to the first success after the last failure.',
  },
  seed: {
    text: 'The number all chance comes from: the same scenario and seed give the same run, everywhere.',
  },
};

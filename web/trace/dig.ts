/** The question behind a hop as a command for `dig` (BIND 9), to be put to real servers. */
import type { Hop } from './hops.ts';

/**
 * @param name owner name asked for by the client
 * @param type for example `A`
 */
export function digOf(hop: Hop, name: string, type: string): string {
  const asked = /^asks (\S+) \((\S+)\) of \S+ for (\S+) (\S+?)( over TCP)?$/.exec(hop.text);
  if (!asked) return `dig ${name} ${type}`;
  const [, server, , question, kind, tcp] = asked;
  return `dig @${server!.replace(/\.$/, '')} ${question} ${kind} +norecurse${tcp ? ' +tcp' : ''}`;
}

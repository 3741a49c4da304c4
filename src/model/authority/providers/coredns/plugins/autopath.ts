/**
 * `autopath` (CoreDNS 1.14 plugin/autopath/autopath.go ServeDNS): goes along the search list of the client, and leads
 * by an alias to the first name that exists. Anything but NXDOMAIN ends the walk; where no name exists, the answer is
 * the first.
 *
 * The asker's namespace is told by the name, as a resolver asks here, not the pod itself.
 */
import type { AutopathPlugin } from '../../../../../dns/corefile/plugins.ts';
import type { Message } from '../../../../../dns/data/message.ts';
import type { Name } from '../../../../../dns/data/name.ts';
import { makeRRset } from '../../../../../dns/data/rrset.ts';
import { CNAME } from '../../../../../dns/data/rrtype.ts';
import { searchNames } from '../../../../../dns/resolve/detour/search-names.ts';
import type { Handler } from '../handler.ts';

export const autopath: Handler<AutopathPlugin> = ([statement], question, next, { searchLists }) => {
  const names = searchNames(question, { zones: statement!.zones, lists: searchLists }) ?? [];
  const first = next(question);
  if (first === 'drop' || first.rcode !== 'NXDOMAIN') return first;
  for (const name of names.slice(1)) {
    const reply = next({ ...question, name });
    if (reply === 'drop') return reply;
    if (reply.rcode !== 'NXDOMAIN') return { ...withAlias(reply, question.name), question };
  }
  return first;
};

/** cnamer(): the alias has the TTL of what it leads to. */
function withAlias(reply: Message, from: Name): Message {
  const [found] = reply.answer;
  if (found === undefined || found.name === from) return reply;
  const target = { kind: 'name', target: found.name, text: found.name } as const;
  return { ...reply, answer: [makeRRset(from, CNAME, found.ttl, [target]), ...reply.answer] };
}

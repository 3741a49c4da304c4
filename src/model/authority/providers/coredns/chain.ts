/**
 * How CoreDNS answers one question: the block of the longest zone, then its plugins in compiled order, each of
 * which answers, passes on, or changes what comes back (CoreDNS 1.14 core/dnsserver/server.go ServeDNS).
 *
 * Not modelled: `view`, classes other than IN, a plugin that panics (SERVFAIL in CoreDNS), and what plugins without
 * effect here do with logs and metrics.
 */
import type { ForwardPlugin, Plugin, ServerBlock } from '../../../../dns/corefile/plugins.ts';
import { makeMessage, type Question } from '../../../../dns/data/message.ts';
import { closest, error, type Handler, type Reply, type Server, within } from './handler.ts';
import { acl, any, dns64, minimal } from './plugins/answers.ts';
import { autopath } from './plugins/autopath.ts';
import { cache } from './plugins/cache.ts';
import { hosts } from './plugins/hosts.ts';
import { loadbalance } from './plugins/loadbalance.ts';
import { rewrite } from './plugins/rewrite.ts';
import { template } from './plugins/template.ts';
import { auto, file, kubernetes } from './plugins/zones.ts';

/** The first forward whose domain holds the name; `next RCODE` leads to the one after it. */
const forward: Handler<ForwardPlugin> = (statements, question, next, server) => {
  const mine = statements.filter(({ from, except }) => {
    return within([from], question.name) && !within(except, question.name);
  });
  for (const [at, { to, next: rcodes }] of mine.entries()) {
    const reply = server.upstream(question, to);
    if (at === mine.length - 1 || !rcodes.includes(reply.rcode)) return reply;
  }
  return next(question);
};

const whoami: Handler = (_, question) => makeMessage(question, { authoritative: true });

const HANDLERS = {
  acl,
  any,
  minimal,
  dns64,
  cache,
  hosts,
  loadbalance,
  rewrite,
  template,
  file,
  secondary: file,
  auto,
  kubernetes,
  forward,
  whoami,
  autopath,
} satisfies { readonly [K in Plugin['plugin']]: Handler<never> | Handler };

/** Plugins that take part in the chain though they change nothing: they make an empty block SERVFAIL. */
const LINKS = [
  'errors',
  'log',
  'prometheus',
  'metadata',
  'dnstap',
  'loop',
  'transfer',
  'header',
  'nsid',
  'bufsize',
];

/** Statements of one plugin stand together: they are sorted. */
type Group = readonly [Plugin, ...Plugin[]];

const GROUPS: WeakMap<ServerBlock, readonly Group[]> = new WeakMap();

function groupsOf(block: ServerBlock): readonly Group[] {
  const known = GROUPS.get(block);
  if (known) return known;
  const byName = new Map<string, Plugin[]>();
  for (const plugin of block.plugins) {
    byName.set(plugin.plugin, [...(byName.get(plugin.plugin) ?? []), plugin]);
  }
  const groups = [...byName.values()] as unknown as Group[];
  GROUPS.set(block, groups);
  return groups;
}

/** The answer of a server with these blocks, all of one port. */
export function answerBy(blocks: readonly ServerBlock[], question: Question, server: Server): Reply {
  const zone = closest(
    blocks.flatMap(({ zones }) => zones),
    question.name,
  );
  const block = blocks.find(({ zones }) => zone !== undefined && zones.includes(zone));
  if (!block) return error(question, 'REFUSED', 'no server block for the name');
  const groups = groupsOf(block);
  if (groups.length === 0 && !block.quiet.some((one) => LINKS.includes(one))) {
    return error(question, 'REFUSED', 'the server block has no plugins');
  }
  return pass(groups, 0, question, server);
}

/** Nobody left to ask is SERVFAIL (plugin.NextOrFailure). */
function pass(groups: readonly Group[], at: number, question: Question, server: Server): Reply {
  const group = groups[at];
  if (!group) return error(question, 'SERVFAIL', 'no plugin answers');
  const handler = HANDLERS[group[0].plugin] as unknown as Handler;
  return handler(group, question, (asked) => pass(groups, at + 1, asked, server), server);
}

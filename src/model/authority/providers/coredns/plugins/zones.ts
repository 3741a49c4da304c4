/**
 * Plugins that serve zones: `file`, `auto`, `secondary`, `kubernetes` (CoreDNS 1.14, README.md of each;
 * plugin/file/file.go ServeDNS).
 *
 * Kubernetes data are records of the zone; only pods by address are made up here. Not modelled: wildcards in names
 * of services, which CoreDNS dropped in 1.9.
 */
import { parseAddress } from '../../../../../base/address.ts';
import type { FilePlugin, KubernetesPlugin } from '../../../../../dns/corefile/plugins.ts';
import { makeMessage, type Question } from '../../../../../dns/data/message.ts';
import { isSubdomain, labels, type Name } from '../../../../../dns/data/name.ts';
import { makeRRset } from '../../../../../dns/data/rrset.ts';
import { A, AAAA } from '../../../../../dns/data/rrtype.ts';
import {
  chased,
  closest,
  error,
  type Handler,
  type Next,
  type Reply,
  type Server,
  within,
} from '../handler.ts';

/** All `file` statements of a block are one plugin: the closest of their zones counts. */
export const file: Handler<FilePlugin> = (statements, question, next, server) => {
  const zone = closest(
    statements.flatMap(({ zones }) => zones),
    question.name,
  );
  const statement = statements.find(({ zones }) => zone !== undefined && zones.includes(zone));
  if (zone === undefined || !statement) return next(question);
  return serve(statement, zone, question, next, server);
};

/** Zones found in a directory; what lies outside of the plugin's zones is never asked for. */
export const auto: Handler<FilePlugin> = (statements, question, next, server) => {
  for (const statement of statements) {
    const found = [...server.origins].filter((origin) => within(statement.zones, origin));
    const zone = within(statement.zones, question.name) ? closest(found, question.name) : undefined;
    if (zone !== undefined) return serve(statement, zone, question, next, server);
  }
  return next(question);
};

function serve(
  { fallthrough }: Pick<FilePlugin, 'fallthrough'>,
  origin: Name,
  question: Question,
  next: Next,
  server: Server,
): Reply {
  const zone = server.zone(origin);
  if (!zone) return error(question, 'SERVFAIL', `${origin} is not loaded`);
  const reply = server.lookup(question, zone);
  if (reply.rcode === 'NXDOMAIN' && within(fallthrough, question.name)) return next(question);
  return chased(reply, question, server);
}

export const kubernetes: Handler<KubernetesPlugin> = ([statement], question, next, server) => {
  const { zones, fallthrough } = statement!;
  const origin = closest(zones, question.name);
  if (origin === undefined) return next(question);
  const pod = podOf(question.name, origin);
  if (!pod || !server.zone(origin)) return serve({ fallthrough }, origin, question, next, server);
  const known = isKnown(statement!, pod, server);
  if (known) return podReply(question, pod.address, statement!.ttl);
  if (within(fallthrough, question.name)) return next(question);
  return server.lookup(question, server.zone(origin)!);
};

interface Pod {
  readonly namespace: string;
  readonly address: string;
}

/** `10-0-0-7.shop.pod.cluster.local.` */
function podOf(name: Name, origin: Name): Pod | undefined {
  const [dashed, namespace, kind, ...rest] = labels(name);
  if (kind !== 'pod' || rest.length !== labels(origin).length || !isSubdomain(name, origin)) return undefined;
  const address = parseAddress(dashed!.replaceAll('-', '.')) ?? parseAddress(dashed!.replaceAll('-', ':'));
  return address === undefined ? undefined : { namespace: namespace!, address };
}

function isKnown(
  { pods, namespaces }: KubernetesPlugin,
  { namespace, address }: Pod,
  server: Server,
): boolean {
  if (pods === 'disabled' || (namespaces && !namespaces.includes(namespace))) return false;
  return pods === 'insecure' || server.hasPod(namespace, address);
}

function podReply(question: Question, address: string, ttl: number): Reply {
  const type = address.includes(':') ? AAAA : A;
  const rrset = makeRRset(question.name, type, ttl, [{ kind: 'address', address, text: address }]);
  return makeMessage(question, { authoritative: true, answer: question.type === type ? [rrset] : [] });
}

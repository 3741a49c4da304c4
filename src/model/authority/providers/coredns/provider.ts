/** CoreDNS as an authoritative server. See README.md beside this file. */
import type { Micros } from '../../../../base/time.ts';
import { hostOf } from '../../../../dns/corefile/keys.ts';
import type { ServerBlock } from '../../../../dns/corefile/plugins.ts';
import type { Message, Question } from '../../../../dns/data/message.ts';
import type { Name } from '../../../../dns/data/name.ts';
import { ManagedProvider } from '../../managed/provider.ts';
import type { Answers, PolicyQuery, Provider, ProviderChange, ProviderContext } from '../../provider.ts';
import { placeOf } from '../../steering/places.ts';
import { GENERIC_LOGIC } from '../generic/logic.ts';
import { answerBy } from './chain.ts';
import type { Reply, Server } from './handler.ts';
import { error } from './handler.ts';
import { LOAD, Memory, type Missing, type MissingState, missingKey } from './memory.ts';
import { Past } from './past.ts';
import type { CorednsOptions } from './rule.ts';
import { Service } from './service.ts';

/** Answers that lead to answers of the same server; deeper nests are loops. */
const DEEPEST = 8;

export function createCoredns(context: ProviderContext): Provider {
  const options = context.spec.providers[context.index]!.options as CorednsOptions;
  return new Coredns(context, options);
}

class Coredns extends ManagedProvider {
  readonly #context: ProviderContext;
  readonly #options: CorednsOptions;
  readonly #blocks: readonly ServerBlock[];
  readonly #memory: Memory;
  readonly #past: Past;
  readonly #service: Service;
  /** Zones that only a server's memory holds. */
  readonly #fetched: readonly Name[];
  #missing: Missing = new Set();

  constructor(context: ProviderContext, options: CorednsOptions) {
    super(context, { generic: GENERIC_LOGIC });
    this.#context = context;
    this.#options = options;
    this.#blocks = options.corefile.blocks.filter(({ port }) => port === options.port);
    this.#memory = new Memory(context, options);
    this.#past = new Past(options.corefile);
    const { servers } = context.spec.providers[context.index]!;
    this.#service = new Service(options.corefile, options.port, options.isCluster, servers.length);
    this.#fetched = fetchedZones(this.#blocks);
  }

  override planesChanged(now: Micros): void {
    super.planesChanged(now);
    this.#memory.changed();
  }

  override woken(kind: number, a: number): void {
    if (kind === LOAD) this.#memory.loadAgain();
    else super.woken(kind, a);
  }

  override apply(change: ProviderChange, now?: Micros): void {
    if (change.kind === 'published' && now !== undefined && this.#past.matters) {
      this.#past.replaced(this.published.values(), now);
    }
    if (change.kind === 'own') this.#missing = (change.state as MissingState).missing;
    else super.apply(change);
  }

  respond(question: Question, query: PolicyQuery, answers: Answers): Message | 'drop' {
    const isReady = (server: number): boolean => !this.#fetched.some((zone) => this.#lacks(server, zone));
    const server = this.#service.routed(query.server, isReady, query.draw);
    return server === undefined ? 'drop' : this.#answer(question, { ...query, server }, answers, 0);
  }

  #answer(question: Question, query: PolicyQuery, answers: Answers, depth: number): Reply {
    if (depth > DEEPEST) return error(question, 'SERVFAIL');
    const { clusterZones, pods, searchLists } = this.#options;
    const { now } = query;
    const holds = this.#options.holds && query.server >= 0 && now !== undefined && this.#past.matters;
    let era = this.#past.eras.length - 1;
    const server: Server = {
      number: query.server,
      draw: query.draw,
      ...(holds && { clock: { now, eras: this.#past.eras } }),
      during: (other, work) => {
        const before = era;
        era = other;
        const done = work();
        era = before;
        return done;
      },
      networks: placeOf(this.#context.spec, query.region)?.networks ?? [],
      origins: answers.zones.keys(),
      zone: (origin) => {
        if (this.#lacks(query.server, origin)) return undefined;
        return this.#past.zone(era, origin) ?? answers.zones.get(origin) ?? clusterZones.get(origin);
      },
      lookup: (asked, zone) => answers.lookup(asked, new Map([[zone.origin, zone]])),
      upstream: (asked, to) => this.#upstream(asked, to, answers),
      self: (asked) => this.#answer(asked, query, answers, depth + 1),
      searchLists,
      hasPod: (namespace, address) => pods.get(namespace)?.has(address) ?? false,
    };
    return answerBy(this.#blocks, question, server);
  }

  #lacks(server: number, zone: Name): boolean {
    return this.#missing.has(missingKey(server, zone));
  }

  /** An authority of the scenario answers with authority; whatever else is named there is a resolver. */
  #upstream(question: Question, to: readonly string[], answers: Answers): Message {
    const hosts = to.map(hostOf);
    const provider = this.#context.spec.providers.findIndex(({ servers }, index) => {
      return (
        index !== this.#context.index && servers.some((one) => one.addresses.some((a) => hosts.includes(a)))
      );
    });
    if (provider >= 0) return answers.elsewhere(question, provider);
    return { ...answers.elsewhere(question), authoritative: false, recursionAvailable: true };
  }
}

/** Zones of plugins that are not ready without their data (plugin/kubernetes and plugin/secondary, Ready). */
function fetchedZones(blocks: readonly ServerBlock[]): readonly Name[] {
  const plugins = blocks.flatMap((block) => block.plugins);
  return plugins.flatMap((one) =>
    one.plugin === 'kubernetes' || one.plugin === 'secondary' ? one.zones : [],
  );
}

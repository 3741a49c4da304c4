/** CoreDNS as an authoritative server. See README.md beside this file. */
import type { Micros } from '../../../../base/time.ts';
import { hostOf } from '../../../../dns/corefile/keys.ts';
import type { ServerBlock } from '../../../../dns/corefile/plugins.ts';
import type { Message, Question } from '../../../../dns/data/message.ts';
import { ManagedProvider } from '../../managed/provider.ts';
import type { Answers, PolicyQuery, Provider, ProviderChange, ProviderContext } from '../../provider.ts';
import { placeOf } from '../../steering/places.ts';
import { GENERIC_LOGIC } from '../generic/logic.ts';
import { answerBy } from './chain.ts';
import type { Reply, Server } from './handler.ts';
import { error } from './handler.ts';
import { LOAD, Memory, type Missing, type MissingState, missingKey } from './memory.ts';
import type { CorednsOptions } from './rule.ts';

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
  #missing: Missing = new Set();

  constructor(context: ProviderContext, options: CorednsOptions) {
    super(context, { generic: GENERIC_LOGIC });
    this.#context = context;
    this.#options = options;
    this.#blocks = options.corefile.blocks.filter(({ port }) => port === options.port);
    this.#memory = new Memory(context, options);
  }

  override planesChanged(now: Micros): void {
    super.planesChanged(now);
    this.#memory.changed();
  }

  override woken(kind: number, a: number): void {
    if (kind === LOAD) this.#memory.loadAgain();
    else super.woken(kind, a);
  }

  override apply(change: ProviderChange): void {
    if (change.kind === 'own') this.#missing = (change.state as MissingState).missing;
    else super.apply(change);
  }

  respond(question: Question, query: PolicyQuery, answers: Answers): Message | 'drop' {
    return this.#answer(question, query, answers, 0);
  }

  #answer(question: Question, query: PolicyQuery, answers: Answers, depth: number): Reply {
    if (depth > DEEPEST) return error(question, 'SERVFAIL');
    const { clusterZones, pods } = this.#options;
    const server: Server = {
      draw: query.draw,
      networks: placeOf(this.#context.spec, query.region)?.networks ?? [],
      origins: answers.zones.keys(),
      zone: (origin) => {
        if (this.#missing.has(missingKey(query.server, origin))) return undefined;
        return answers.zones.get(origin) ?? clusterZones.get(origin);
      },
      lookup: (asked, zone) => answers.lookup(asked, new Map([[zone.origin, zone]])),
      upstream: (asked, to) => this.#upstream(asked, to, answers),
      self: (asked) => this.#answer(asked, query, answers, depth + 1),
      hasPod: (namespace, address) => pods.get(namespace)?.has(address) ?? false,
    };
    return answerBy(this.#blocks, question, server);
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

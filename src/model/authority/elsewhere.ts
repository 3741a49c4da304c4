/**
 * What the operators of other zones answer one another, without faults between them: how a provider resolves the
 * targets of aliases outside of its own zones.
 *
 * The zone of the longest apex answers, by the first of its providers. Not modelled: faults of that provider, and
 * the round trips, so a look-up between providers never fails and takes no time.
 */
import { type Message, makeMessage, type Question } from '../../dns/data/message.ts';
import { isSubdomain, type Name } from '../../dns/data/name.ts';
import type { WorldSpec } from '../spec.ts';
import type { PolicyQuery, Provider } from './provider.ts';
import { type Elsewhere, ServerView } from './server.ts';
import { Versioned } from './versioned.ts';

export class Elsewheres {
  readonly #spec: WorldSpec;
  readonly #providers: readonly Provider[];
  readonly #views: Versioned<ServerView>;

  constructor(spec: WorldSpec, providers: readonly Provider[]) {
    this.#spec = spec;
    this.#providers = providers;
    this.#views = new Versioned((provider) => {
      return new ServerView(providers[provider]!, { rcode: undefined, contents: [] }, new Map(), this.answer);
    });
  }

  /** The region asked from is that of the site at which the alias is followed; the client is not passed on. */
  readonly answer: Elsewhere = (question: Question, query: PolicyQuery, by?: number): Message => {
    const provider = by ?? this.#operatorOf(question.name);
    if (provider === undefined) return makeMessage(question, { rcode: 'NXDOMAIN' });
    const { siteRegion, draw, now, aliasDepth = 0 } = query;
    const view = this.#views.at(provider, this.#providers[provider]!.revision);
    const answer = view.answer(question, {
      region: siteRegion,
      server: 0,
      siteRegion,
      draw,
      aliasDepth,
      ...(now !== undefined && { now }),
    });
    return answer === 'drop' ? makeMessage(question, { rcode: 'SERVFAIL' }) : answer;
  };

  #operatorOf(name: Name): number | undefined {
    const holding = this.#spec.zones.filter(
      ({ origin, audience }) => audience === undefined && isSubdomain(name, origin),
    );
    const closest = holding.reduce<(typeof holding)[number] | undefined>(
      (best, zone) => (best && best.origin.length >= zone.origin.length ? best : zone),
      undefined,
    );
    return closest?.providers[0];
  }
}

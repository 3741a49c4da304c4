/**
 * Servers behind one Service of Kubernetes: queries go to those whose plugin `ready` says so (plugin/ready/README.md: 503
 * until every plugin is; a pod that is not ready gets no queries).
 *
 * Not modelled: the seconds until a probe has noticed, so a server without its zones is never seen; `lameduck` of
 * `health`, which covers the same seconds when a server is stopped on purpose (faults here are crashes).
 */
import type { Corefile } from '../../../../dns/corefile/plugins.ts';

export class Service {
  readonly #checked: boolean;
  readonly #servers: number;

  /** @param isCluster whether a Service stands in front @param port the port that is asked */
  constructor({ blocks }: Corefile, port: number, isCluster: boolean, servers: number) {
    const mine = blocks.filter((block) => block.port === port);
    this.#checked = isCluster && mine.some(({ quiet }) => quiet.includes('ready'));
    this.#servers = servers;
  }

  /**
   * The server that a query to one of them ends at; undefined: none is ready.
   * @param isReady of a server by its number
   */
  routed(server: number, isReady: (server: number) => boolean, draw: () => number): number | undefined {
    if (!this.#checked || server < 0 || isReady(server)) return server;
    const ready = Array.from({ length: this.#servers }, (_, one) => one).filter(isReady);
    return ready[Math.floor(draw() * ready.length)];
  }
}

/** The shape of a population that ships: shares of software and of resolver services, each with its source. */
import type { Cited } from './cited.ts';

/** Clients of one kind. */
export interface ClientKind {
  /** Id of an application preset. */
  readonly app: string;
  /** Id of an operating system preset. */
  readonly os: string;
  /** Of all clients; the shares of a population add up to 1. */
  readonly share: Cited<number>;
}

/** A resolver service the clients use, or that others of the population forward to. */
export interface ServiceKind {
  /** Id of a resolver preset. */
  readonly profile: string;
  /** Of all clients that ask it first; 0 = it only stands behind others. They add up to 1. */
  readonly share: Cited<number>;
  /** Independent instances, or how many clients share one. */
  readonly instances: Cited<number> | { readonly clientsEach: Cited<number> };
  /** Name of the service it forwards to; absent: it resolves by itself. */
  readonly forward?: Cited<string>;
}

/** Shares of software and services that make up a population. */
export interface PopulationPreset {
  readonly id: string;
  readonly title: string;
  readonly notes: readonly string[];
  /** By name, `chrome on windows`. */
  readonly clients: Readonly<Record<string, ClientKind>>;
  /** By the name the resolver service gets in the scenario. */
  readonly resolvers: Readonly<Record<string, ServiceKind>>;
}

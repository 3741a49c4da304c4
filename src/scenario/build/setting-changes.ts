/** Timeline entries by which an operator moves what is neither zone nor policy: health checks, data feeds, proxies. */
import { didYouMean } from '../../base/suggest.ts';
import type { Micros } from '../../base/time.ts';
import type { Ns1Options } from '../../model/authority/providers/ns1/rule.ts';
import type { ChangeSpec, HealthRef, SettingSpec } from '../../model/spec.ts';
import type { Path } from '../document/tree.ts';
import { formatOf } from '../providers/catalogue.ts';
import type { OperationOf, OperationParts } from './operation-parts.ts';
import { type PolicySurroundings, zoneOf } from './policies.ts';

type CheckSetting = Extract<SettingSpec, { kind: 'check' }>;

export class SettingDesk {
  readonly #parts: OperationParts;

  constructor(parts: OperationParts) {
    this.#parts = parts;
  }

  check(
    name: string,
    switched: Pick<CheckSetting, 'disabled' | 'turned'>,
    when: Pick<ChangeSpec, 'label' | 'at'>,
    path: Path,
  ): ChangeSpec[] {
    const { checks, endpoints } = this.#parts.around;
    const named = checks.findIndex((one) => one.name === name);
    const endpoint = endpoints.findIndex((one) => one.name === name);
    if (named < 0 && !endpoints[endpoint]?.check) {
      const message = `the endpoint ${name} has no check`;
      this.#complain(path, 'scenario-no-check', message, 'add check: to it');
      return [];
    }
    const check: HealthRef = named >= 0 ? { kind: 'check', check: named } : { kind: 'endpoint', endpoint };
    const provider = this.#runnerOf(check);
    const setting = { kind: 'check', check, ...switched } as const;
    const change = { kind: 'setting', setting, ...(provider === undefined ? {} : { provider }) } as const;
    return [{ kind: 'change', ...when, change }];
  }

  push(doc: OperationOf<'push'>, at: Micros, path: Path): ChangeSpec[] {
    const { name } = doc.push;
    const feeds = this.#parts.around.providers.flatMap(({ name: owner, options }, provider) => {
      const own = options?.kind === 'ns1' ? (options as Ns1Options).feeds : [];
      return own.map((one, feed) => ({ owner, provider, name: one.name, feed }));
    });
    const [found, other] = feeds.filter(
      (one) => one.name === name && one.owner === (doc.provider ?? one.owner),
    );
    if (!found || other) {
      const known = feeds.map((one) => one.name);
      const message = other ? `several providers have a feed '${name}'` : `there is no data feed '${name}'`;
      const near = didYouMean(name, known) ?? 'list it under providers.*.ns1.feeds';
      this.#complain([...path, 'push'], 'scenario-unknown-feed', message, other ? 'add provider:' : near);
      return [];
    }
    const { provider, feed } = found;
    const label = doc.label ?? `${String(doc.to)} is sent to the feed ${name}`;
    const setting = { kind: 'feed', feed, value: doc.to } as const;
    return [{ kind: 'change', label, at, change: { kind: 'setting', provider, setting } }];
  }

  proxy(doc: OperationOf<'proxy'>, at: Micros, path: Path): ChangeSpec | undefined {
    const { proxy: name, to } = doc;
    const provider = proxyProvider(doc, this.#parts.around);
    if (provider === undefined) {
      const message = `no provider of ${name} has a proxy`;
      const hint = 'serve its zone by a provider of kind cloudflare';
      this.#complain([...path, 'proxy'], 'scenario-no-proxy', message, hint);
      return undefined;
    }
    const label = doc.label ?? `${name.slice(0, -1)} is ${to === 'proxied' ? 'proxied' : 'DNS only'}`;
    const setting = { kind: 'proxied', name, proxied: to === 'proxied' } as const;
    return { kind: 'change', label, at, change: { kind: 'setting', provider, setting } };
  }

  /** The provider whose check it is: the one it names, else the first whose policies listen to it. */
  #runnerOf(check: HealthRef): number | undefined {
    const { draft, around, policies } = this.#parts;
    const { providers, endpoints, checks } = around;
    if (check.kind === 'check' && checks[check.check]!.provider !== undefined) {
      return checks[check.check]!.provider;
    }
    if (check.kind === 'endpoint') {
      const by = draft.doc.endpoints?.[endpoints[check.endpoint]!.name]?.check?.by;
      const named = providers.findIndex(({ name }) => name === by);
      if (named >= 0) return named;
    }
    const hears = (ref: HealthRef): boolean => JSON.stringify(ref) === JSON.stringify(check);
    return policies.find(
      ({ candidates, watches = [] }) =>
        watches.some(hears) || candidates.some(({ health }) => health !== undefined && hears(health)),
    )?.provider;
  }

  #complain(path: Path, code: string, message: string, hint: string): void {
    this.#parts.draft.issues.add(path, code, message, { hint });
  }
}

/** The provider behind whose proxy a name can stand. */
export function proxyProvider(
  { proxy }: Pick<OperationOf<'proxy'>, 'proxy'>,
  { zones, providers }: Pick<PolicySurroundings, 'zones' | 'providers'>,
): number | undefined {
  const serving = zoneOf(zones, proxy)?.providers ?? [];
  return serving.find((index) => formatOf(providers[index]?.kind).proxied !== undefined);
}

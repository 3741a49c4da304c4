/** Items of a Google Cloud DNS policy: addresses that are answered together, each with or without a check. */
import { z } from 'zod';
import { A, AAAA, typeToText } from '../../../dns/data/rrtype.ts';
import type { CandidateSpec, HealthRef } from '../../../model/spec.ts';
import type { Path } from '../../document/tree.ts';
import { textKind } from '../../kinds.ts';
import { oneOrMore, reference } from '../../schema/common.ts';
import { about, field } from '../../schema/field.ts';
import type { CandidateDoc } from '../candidate.ts';
import type { PolicyDesk, ReferenceNoun } from '../format.ts';

export interface ItemDoc {
  readonly endpoint?: readonly string[];
  readonly unchecked?: readonly string[];
  readonly records?: readonly string[];
  readonly check?: string;
  readonly backends?: readonly string[];
}

const endpoints = (text: string): z.ZodType<string[]> =>
  oneOrMore(reference('An endpoint.', 'us-east'), text);

/** The keys of an item, to be mixed with those of a routing policy. */
export const ITEM_SHAPE: Readonly<Record<string, z.ZodType>> = {
  endpoint: endpoints('Endpoints answered while they are healthy.').exactOptional(),
  unchecked: endpoints('Endpoints answered whatever their health.').exactOptional(),
  records: oneOrMore(
    field(textKind, 'Data as in a master file.', { example: '203.0.113.10' }),
    "Data of the policy's type, instead of endpoints or beside them.",
  ).exactOptional(),
  check: reference(
    "Check that says whether its endpoints are healthy, or none. Default: the endpoints' own.",
    'us-east',
  ).exactOptional(),
  backends: oneOrMore(
    reference('An endpoint or check.', 'vm-1'),
    'The endpoint is an internal passthrough load balancer: it is healthy while a share of these is.',
  ).exactOptional(),
};

/** Reads the name of an endpoint, a list of names, or a map. */
export const itemSchema: z.ZodType<ItemDoc> = about(
  z.union([
    endpoints('Endpoints.').transform((endpoint) => ({ endpoint })),
    z.strictObject(ITEM_SHAPE),
  ]) as unknown as z.ZodType<ItemDoc>,
  'Addresses that are answered together: an endpoint, a list of endpoints, or a map.',
);

/** Where an item at `pattern` names endpoints and checks. */
export function itemReferences(pattern: string): readonly (readonly [ReferenceNoun, string])[] {
  return [
    ['endpoint', pattern],
    ['endpoint', `${pattern}.#`],
    ['endpoint', `${pattern}.endpoint.*`],
    ['endpoint', `${pattern}.unchecked.*`],
    ['check', `${pattern}.check`],
    ['check', `${pattern}.backends.*`],
  ];
}

/** What items become: candidates in one list, and the backends that speak for some of them. */
export class ItemList {
  readonly candidates: CandidateSpec[] = [];
  readonly backends: (readonly HealthRef[] | undefined)[] = [];
  readonly #desk: PolicyDesk;
  readonly #dnssec: boolean;

  /** @param dnssec whether the zone is signed */
  constructor(desk: PolicyDesk, dnssec: boolean) {
    this.#desk = desk;
    this.#dnssec = dnssec;
  }

  /** @returns places of its addresses in `candidates` */
  add(doc: ItemDoc, place: Path): readonly number[] {
    const first = this.candidates.length;
    const { check, backends } = doc;
    const own = backends ? { check: 'none' } : check === undefined ? {} : { check };
    const parts: CandidateDoc[] = [
      ...(doc.endpoint ?? []).map((name) => ({ endpoint: [name], ...own })),
      ...(doc.unchecked ?? []).map((name) => ({ endpoint: [name], check: 'none' })),
      ...(doc.records ?? []).map((text) => ({ records: [text], ...own })),
    ];
    const signals = backends && this.#backendsOf(doc, backends, place);
    for (const [at, part] of (parts.length > 0 ? parts : [{}]).entries()) {
      this.candidates.push(this.#desk.candidate(part, place));
      this.backends.push(at === 0 ? signals : undefined);
    }
    const addresses = this.candidates.map((_, at) => at).slice(first);
    this.#judge(addresses, place);
    return addresses;
  }

  #backendsOf({ endpoint = [] }: ItemDoc, names: readonly string[], place: Path): readonly HealthRef[] {
    const { issues, health } = this.#desk;
    if (endpoint.length !== 1) {
      const message = 'backends speak for one load balancer';
      issues.add([...place, 'backends'], 'scenario-google', message, { hint: 'write one endpoint' });
    }
    return names.flatMap((name, at) => {
      const signal = health(name);
      if (signal) return [signal];
      const message = `the backend ${name} has no health check`;
      issues.add([...place, 'backends', at], 'scenario-no-check', message, { hint: 'add one' });
      return [];
    });
  }

  #judge(addresses: readonly number[], place: Path): void {
    const { issues, type } = this.#desk;
    const checked = addresses.filter((one) => this.candidates[one]!.health ?? this.backends[one]);
    if (checked.length === 0) return;
    if (this.#dnssec && addresses.length > 1) {
      const message = 'in a signed zone an item with a health check holds one address';
      const hint = 'write an item for each address, or remove the checks';
      issues.add(place, 'scenario-google', message, { hint });
    }
    if (type === A || type === AAAA) return;
    const message = `${typeToText(type)} records have no health checks at Google Cloud DNS`;
    issues.add(place, 'scenario-google', message, { hint: 'remove check:' });
  }
}

/** Endpoints of a Traffic Manager profile as scenarios write them: a name, or a map that says more. */
import type { z } from 'zod';
import type { Name } from '../../../dns/data/name.ts';
import type { AzureEndpoint } from '../../../model/authority/providers/azure/rule.ts';
import type { CandidateSpec } from '../../../model/spec.ts';
import { cited } from '../../../profiles/cited.ts';
import type { Path } from '../../document/tree.ts';
import { nameKind, wholeKind, wordKind } from '../../kinds.ts';
import { field } from '../../schema/field.ts';
import { type CandidateDoc, candidateSchema } from '../candidate.ts';
import type { PolicyDesk } from '../format.ts';
import { METHODS, MONITORING, NESTED } from './sources.ts';

export interface EndpointDoc extends CandidateDoc {
  readonly profile?: Name;
  readonly 'min-child-endpoints'?: number;
  readonly status?: AzureEndpoint['status'];
  readonly priority?: number;
  readonly weight?: number;
}

const STATUS_KIND = wordKind(['enabled', 'disabled', 'stopped']);
const SHARE_KIND = wholeKind(1, 1000);
const COUNT_KIND = wholeKind(1);

const STATUS = cited<AzureEndpoint['status']>('enabled', 'documentation', MONITORING);
const WEIGHT = cited(1, 'documentation', `${METHODS}: 1 to 1000, 1 by default`);
const MIN_CHILD = cited(1, 'documentation', NESTED);

export const endpointSchema: z.ZodType<EndpointDoc> = candidateSchema<EndpointDoc>(
  'An endpoint of the profile: the name of an endpoint, or a map.',
  {
    profile: field(nameKind, 'A nested profile: the name of another policy of the same type.', {
      example: 'eu.example.com',
    }).exactOptional(),
    'min-child-endpoints': field(COUNT_KIND, 'Endpoints of the nested profile that must be Online.', {
      fallback: MIN_CHILD,
    }).exactOptional(),
    status: field(STATUS_KIND, 'Disabled by the operator, or stopped with the service behind it.', {
      fallback: STATUS,
    }).exactOptional(),
    priority: field(
      SHARE_KIND,
      'Priority of an endpoint, 1 to 1000, lower first. Default: its place.',
    ).exactOptional(),
    weight: field(SHARE_KIND, 'Weight of an endpoint.', { fallback: WEIGHT }).exactOptional(),
  },
);

export interface Built {
  readonly candidate: CandidateSpec;
  readonly endpoint: AzureEndpoint;
}

/** @param said what the key of the endpoint says */
export function buildEndpoint(
  doc: EndpointDoc,
  place: Path,
  said: Partial<AzureEndpoint>,
  desk: PolicyDesk,
): Built {
  const { ledger } = desk;
  const { profile, priority, weight } = doc;
  const nested = profile === undefined ? {} : nestedOf(doc, place, desk);
  return {
    candidate: desk.candidate(profile === undefined ? doc : { ...doc, alias: profile }, place),
    endpoint: {
      ...said,
      status: ledger.settle([...place, 'status'], doc.status, STATUS_KIND, STATUS),
      ...(priority === undefined ? {} : { priority }),
      ...(weight === undefined ? {} : { weight }),
      ...nested,
    },
  };
}

function nestedOf(doc: EndpointDoc, place: Path, { ledger }: PolicyDesk): Partial<AzureEndpoint> {
  const path = [...place, 'min-child-endpoints'];
  const written = doc['min-child-endpoints'];
  return { minChildEndpoints: ledger.settle(path, written, COUNT_KIND, MIN_CHILD) };
}

/** What every endpoint of a method has, where the document says nothing. @param at its place in the profile */
export function completed(endpoint: AzureEndpoint, at: number): AzureEndpoint {
  return { priority: at + 1, weight: WEIGHT.value, ...endpoint };
}

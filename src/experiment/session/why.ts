/**
 * "Why does this one still answer the old address?": the chain of causes behind one cache, from the client to the
 * authorities, in sentences.
 */
import { describeDuration, type Micros } from '../../base/time.ts';
import {
  applicationHolding,
  type CacheState,
  connectionHolding,
  type Holding,
  osHolding,
  resolverHolding,
  resolversOf,
  type Seat,
  seatOf,
} from '../../model/inspect.ts';
import type { World } from '../../model/world.ts';
import type { ApplicationBehaviour, CacheRule } from '../../profiles/client-behaviour.ts';
import type { FieldPlace } from './field.ts';

export interface WhyStep {
  /** `application cache`, `OS cache`, `resolver isp`, `authority`. */
  readonly where: string;
  readonly state: CacheState;
  readonly text: string;
}

/** What each link of the chain holds for the first question of the place's clients, nearest first. */
export function explainPlace(world: World, place: FieldPlace): readonly WhyStep[] {
  if (place.kind === 'client') return explainClient(world, seatOf(world, place.population, place.client));
  const cell = world.cells[place.cell]!;
  const question = [...cell.questions][0]!;
  const { spec } = cell.pools[place.pool]!;
  const holding = resolverHolding(world, cell, place.pool, place.fragment, question);
  return [
    { where: `resolver ${spec.name}`, state: holding.state, text: describe(world, holding) },
    authorityStep(world, question, spec.region),
  ];
}

function explainClient(world: World, seat: Seat): readonly WhyStep[] {
  const { spec, slots } = seat.cohort.population;
  const question = slots[0]!.questions[0]!;
  const [application, os] = [applicationHolding(world, seat, 0), osHolding(world, seat, 0)];
  const own = clientStep(
    world,
    'application cache',
    application,
    spec.application.id,
    spec.application.cache,
  );
  const steps: WhyStep[] = [
    ...connectionSteps(world, seat),
    { ...own, text: own.text + habitText(spec.application) },
    clientStep(world, 'OS cache', os, spec.stub.id, spec.stub.cache),
  ];
  for (const { pool, first } of resolversOf(world, seat)) {
    const holding = resolverHolding(world, seat.cell, pool, first, question);
    const text = describe(world, holding);
    steps.push({ where: `resolver ${seat.cell.pools[pool]!.spec.name}`, state: holding.state, text });
  }
  return [...steps, authorityStep(world, question, spec.region)];
}

function clientStep(world: World, where: string, holding: Holding, id: string, rule: CacheRule): WhyStep {
  return { where, state: holding.state, text: `${describe(world, holding)} ${ruleText(id, rule)}` };
}

/** The pooled connection for the first question, where the application keeps one: it is used without asking. */
function connectionSteps(world: World, seat: Seat): readonly WhyStep[] {
  const { id, keepAlive } = seat.cohort.population.spec.application;
  const { state, holds } = connectionHolding(world, seat, 0);
  if (keepAlive === 0 || state === 'empty') return [];
  const idle = `for up to ${describeDuration(keepAlive)} without a request`;
  const text = `Leads to ${holds}: requests go there without a look-up. (${id} keeps it open ${idle}.)`;
  return [{ where: 'pooled connection', state, text }];
}

/** What an application does with its cache that the rule of the cache does not say, in words. */
function habitText({ id, polling, hold, restartEvery }: ApplicationBehaviour): string {
  const every = polling?.every;
  const parts = [
    every === undefined
      ? ''
      : `asks anew ${every === 'ttl' ? 'when the TTL ends' : `every ${describeDuration(every)}`}`,
    hold === undefined ? '' : `keeps old data ${holdText(hold.after)} while look-ups fail`,
    restartEvery === undefined ? '' : `forgets all when it restarts, every ${describeDuration(restartEvery)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` (${id} ${parts.join(', ')}.)`;
}

function holdText(after: Micros): string {
  return after === Number.POSITIVE_INFINITY ? 'without an end' : `for ${describeDuration(after)}`;
}

function describe({ now }: World, { state, holds, until, storedAt, from }: Holding): string {
  if (state === 'empty') return 'Holds nothing: the next request asks further on.';
  const fetched =
    storedAt === undefined ? '' : `, fetched ${ago(now - storedAt)}${from ? ` from ${from}` : ''}`;
  const left =
    until === Number.POSITIVE_INFINITY
      ? 'without an end'
      : until > now
        ? `for another ${describeDuration(until - now)}`
        : `though it has expired`;
  return `Holds ${holds}${fetched}, ${left}.`;
}

function ago(span: Micros): string {
  return `${describeDuration(span)} ago`;
}

/** How the cache treats TTLs, in words. */
function ruleText(id: string, rule: CacheRule): string {
  if (rule.mode === 'none') return `(${id} keeps no answers.)`;
  if (rule.mode === 'forever') return `(${id} keeps an answer for ever, whatever its TTL.)`;
  if (rule.mode === 'fixed') return `(${id} keeps every answer ${rule.fixedSeconds} s, whatever its TTL.)`;
  const parts = [
    rule.factor === 1 ? '' : `stretches TTLs by ${Math.round((rule.factor - 1) * 100)} %`,
    rule.floorSeconds > 0 ? `keeps answers at least ${rule.floorSeconds} s` : '',
    rule.graceSeconds > 0 ? `may use them ${rule.graceSeconds} s past expiry` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? `(${id} follows the TTL.)` : `(${id} ${parts.join(', ')}.)`;
}

function authorityStep(world: World, question: number, region: number): WhyStep {
  const { name } = world.answers.questions[question]!;
  const addresses = world.outside.truth(world.answers.questions[question]!, region);
  const published = world.outside.reactions.filter(({ stage }) => stage === 'publish').at(-1);
  const since = published ? ` since ${ago(world.now - published.at)}` : '';
  const dead = addresses.length > 0 && addresses.every((address) => isDead(world, address, region));
  const what = addresses.length > 0 ? addresses.join(', ') : 'nothing';
  const text = `Names ${what} for ${name.replace(/\.$/, '')}${since}.${dead ? ' Nobody answers there.' : ''}`;
  return { where: 'authority', state: dead ? 'wrong' : addresses.length > 0 ? 'fresh' : 'error', text };
}

function isDead(world: World, address: string, region: number): boolean {
  const endpoint = world.outside.endpointOf(address);
  return endpoint >= 0 && world.outside.endpointState(endpoint, region).down !== 'none';
}

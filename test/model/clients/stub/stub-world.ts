/** A client whose stub lists resolvers in given states, and what its look-ups did, told from the trace. */
import { SECOND } from '../../../../src/base/time.ts';
import type { Cell } from '../../../../src/model/cell.ts';
import type { TraceStep } from '../../../../src/model/clients/observation.ts';
import type { FaultSpec, WorldSpec } from '../../../../src/model/spec.ts';
import { World } from '../../../../src/model/world.ts';
import type { StubBehaviour } from '../../../../src/profiles/client-behaviour.ts';
import { fault } from '../../world.ts';
import { asks, drill, population, resolver } from '../population-world.ts';

/** How a resolver is doing; `failing` answers SERVFAIL at once, `until N` is silent for the first N seconds. */
export type State = 'up' | 'silent' | 'refused' | 'failing' | `until ${number}`;

/** A client with resolvers named 1, 2 ... in these states. */
export function stubWorld(behaviour: StubBehaviour, states: readonly State[], types = 'A'): WorldSpec {
  return drill({
    duration: 8000 * SECOND,
    ttl: 1,
    resolvers: states.map((state, at) =>
      resolver({ name: `${at + 1}`, ...(state === 'failing' ? { options: { configuredZones: [] } } : {}) }),
    ),
    populations: [
      population({
        stub: behaviour,
        resolvers: [{ share: 1, resolvers: states.map((_, at) => at) }],
        workload: { kind: 'periodic', every: 8000 * SECOND },
        questions: [asks(`app.example.com. ${types}`)],
      }),
    ],
    timeline: states.flatMap(downOf),
  });
}

function downOf(state: State, resolver: number): readonly FaultSpec[] {
  if (state === 'up' || state === 'failing') return [];
  const mode = state === 'refused' ? 'refused' : 'silent';
  const end = state.startsWith('until ') ? { until: Number(state.slice(6)) * SECOND } : {};
  return [fault({ kind: 'resolver', resolver }, { kind: 'down', mode }, { at: 0, ...end })];
}

/** Plays single requests of client 0, each watched to its end. */
export class WatchedClient {
  readonly world: World;
  readonly #cell: Cell;

  constructor(spec: WorldSpec) {
    this.world = new World(spec, 1, 0, { observer: () => {} });
    this.world.runUntil(1); // faults of time 0 are in force
    this.#cell = this.world.cells[0]!;
  }

  /** All steps of a request made now, or at `at` seconds. */
  request(at?: number, question = 0): readonly TraceStep[] {
    if (at !== undefined) this.world.runUntil(at * SECOND);
    const steps: TraceStep[] = [];
    const request = this.#cell.trace(this.#cell.cohorts[0]!, 0, question, (step) => steps.push(step));
    for (let tick = 0; tick < 400 && !request.finished; tick++)
      this.world.runUntil(this.world.now + SECOND / 2);
    this.#cell.endTrace();
    return steps;
  }

  /** When which resolver was asked, counted from the request: `1@0 2@5`, and when the answer came: `=5`. */
  story(at?: number): string {
    const steps = this.request(at);
    const start = steps[0]!.at;
    const words = steps.flatMap(({ at: when, code, text }) => {
      const time = Math.round((when - start) / (SECOND / 10)) / 10;
      if (code === 'stub-send') return [`${/asks (\S+)$/.exec(text)![1]}@${time}`];
      if (code === 'stub-answer') return [`=${Math.floor(time)}${/^SERVFAIL/.test(text) ? ' servfail' : ''}`];
      return code === 'stub-gave-up' ? [`gave up@${time}`] : [];
    });
    return words.join(' ');
  }
}

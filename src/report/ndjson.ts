/** Finished requests as newline-delimited JSON, one line each, for pipes. */
import type { Observation } from '../model/clients/observation.ts';

/** Which run a request belongs to. */
export interface EventContext {
  readonly strategy: string;
  readonly replication: number;
}

/** One line with its newline. Times are whole microseconds; `cause` is empty for a success. */
export function renderEvent(context: EventContext, observation: Observation): string {
  const { at, latency, population, client, name, outcome, cause, layer, address, retries } = observation;
  const event = {
    ...context,
    atMicros: at,
    latencyMicros: latency,
    population,
    client,
    name,
    outcome,
    cause,
    layer,
    address,
    retries,
  };
  return `${JSON.stringify(event)}\n`;
}

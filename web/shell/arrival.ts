/** From an address to what it asks for: the scenario it names or holds, and the route that leads there again. */
import type { Source } from '../share/contract.ts';
import { DEMO, DEMO_FILE, shippedSource, unpack } from './drill.ts';
import type { Route } from './route.ts';

export interface Arrival {
  readonly route: Route;
  readonly source: Source;
  /** What was wrong with the address; empty when nothing was. */
  readonly problem: string;
  /** The scenario came out of a link; the address should hold nothing but it. */
  readonly unpacked: boolean;
}

/** Whether an address leads to the drill the page opens with, which is there at once. */
export function opensDemo({ link, drill = DEMO_FILE }: Route): boolean {
  return link === undefined && drill === DEMO_FILE;
}

/** Never rejects on account of what an address says: the drill the page opens with takes the place. */
export async function arrive(route: Route): Promise<Arrival> {
  const { link, drill = DEMO_FILE } = route;
  if (link !== undefined) return arriveByLink(route, link);
  try {
    const source = opensDemo(route) ? DEMO : await shippedSource(drill);
    if (source) return { route: { ...route, drill }, source, problem: '', unpacked: false };
  } catch {
    return instead(route, 'The scenarios could not be loaded. Is the page still there?');
  }
  return instead(route, `There is no scenario called ${drill}. This is the one the page opens with.`);
}

function instead({ link: _, ...route }: Route, problem: string): Arrival {
  return { route: { ...route, drill: DEMO_FILE }, source: DEMO, problem, unpacked: false };
}

/** What stands in the address beside the link takes precedence over what the link holds. */
async function arriveByLink(route: Route, link: string): Promise<Arrival> {
  const read = await unpack(link);
  if ('problem' in read) return instead(route, read.problem);
  const { file, text, files, sets, seed, state } = read.shared;
  const seeded = seed !== undefined && route.seed === undefined ? { seed } : {};
  return {
    route: { ...route, sets: [...sets, ...route.sets], ...seeded, state: { ...state, ...route.state } },
    source: { file, text, files },
    problem: '',
    unpacked: true,
  };
}

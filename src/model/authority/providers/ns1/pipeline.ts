/**
 * A chain of filters for requesters of one region, under given metadata: a tree of lists that forks where chance or
 * the requester decides. Worked out from where queries go, and each part once, so a query only walks it.
 */
import type { WorldSpec } from '../../../spec.ts';
import { placeOf } from '../../steering/places.ts';
import { FILTERS } from './filters/catalogue.ts';
import { type ChosenBy, type FilterView, type Items, isFork, type Stage } from './filters/filter.ts';
import type { Metadata } from './metadata.ts';
import type { ChainLink, Ns1Rule } from './rule.ts';

/** A place in the tree where several ways lead on. */
export interface Branch {
  readonly by: ChosenBy;
  /** Tells this place from others, and changes with answers and weights. */
  readonly salt: string;
  /** Sums of the ways' weights. */
  readonly sums: readonly number[];
  readonly ways: readonly Items[];
  /** Where the ways lead, once gone. */
  readonly nodes: (Branch | End | undefined)[];
  /** The stage after it. */
  readonly next: number;
}

/** The list at the end of the chain. */
export interface End {
  readonly items: Items;
}

type Node = Branch | End;

/** A filter of the chain with its stages. */
export interface Step {
  readonly link: ChainLink;
  readonly stages: readonly Stage[];
}

export class Pipeline {
  readonly steps: readonly Step[];
  readonly #start: Items;
  readonly #stages: readonly Stage[];
  readonly #known: Map<string, Node> = new Map();
  #root: Node | undefined;

  /** @param candidates how many the policy has, pools included */
  constructor(rule: Ns1Rule, candidates: number, metadata: Metadata, spec: WorldSpec, region: number) {
    const all = Array.from({ length: candidates }, (_, item) => item);
    this.#start = all.slice(0, rule.answers.length);
    this.steps = rule.chain.map((link, at) => {
      const view: FilterView = {
        spec,
        metadata,
        place: placeOf(spec, region),
        disputes: rule.disputes,
        all,
        pools: (item) => rule.answers[item]?.pool ?? [],
        heads: headsFor(rule.chain[at + 1]),
      };
      return { link, stages: FILTERS[link.filter]!.stages(link.config, view) };
    });
    this.#stages = this.steps.flatMap(({ stages }) => stages);
  }

  get start(): Items {
    return this.#start;
  }

  /** The list at the end, at each fork the way chosen. @param choose its position among the ways */
  walk(choose: (branch: Branch) => number): Items {
    this.#root ??= this.#from(0, this.#start);
    let node: Node = this.#root;
    while ('by' in node) {
      const way = choose(node);
      node.nodes[way] ??= this.#from(node.next, node.ways[way]!);
      node = node.nodes[way];
    }
    return node.items;
  }

  /** Every list there can be at the end, each once. */
  ends(): readonly Items[] {
    const ends = new Map<string, Items>();
    const seen = new Set<Node>();
    const visit = (node: Node): void => {
      if (seen.has(node)) return;
      seen.add(node);
      if ('by' in node) for (const items of node.ways) visit(this.#from(node.next, items));
      else ends.set(node.items.join(' '), node.items);
    };
    visit(this.#from(0, this.#start));
    return [...ends.values()];
  }

  #from(stage: number, items: Items): Node {
    const key = `${stage}: ${items.join(' ')}`;
    const known = this.#known.get(key);
    if (known) return known;
    const node = this.#make(stage, items);
    this.#known.set(key, node);
    return node;
  }

  #make(from: number, start: Items): Node {
    let items = start;
    for (let at = from; at < this.#stages.length; at++) {
      const result = this.#stages[at]!(items);
      if (!isFork(result)) {
        items = result;
        continue;
      }
      const ways = result.ways.filter(({ weight }) => weight > 0);
      if (ways.length < 2) {
        items = ways[0]?.items ?? items;
        continue;
      }
      let sum = 0;
      const sums = ways.map(({ weight }) => {
        sum += weight;
        return sum;
      });
      const salt = `${at}: ${items.join(' ')}: ${sums.join(' ')}`;
      return { by: result.by, salt, sums, ways: ways.map((way) => way.items), nodes: [], next: at + 1 };
    }
    return { items };
  }
}

/** What matters after a shuffle: no more than the next filter keeps. */
function headsFor(next: ChainLink | undefined): number {
  return next?.filter === 'select_first_n' ? (next.config.n ?? 1) : Number.POSITIVE_INFINITY;
}

/** The way that a number from 0 to 1 falls on. */
export function wayAt({ sums }: Branch, share: number): number {
  const wanted = share * sums.at(-1)!;
  const way = sums.findIndex((sum) => wanted < sum);
  return way < 0 ? sums.length - 1 : way;
}

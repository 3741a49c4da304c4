/**
 * `ifportup`, `ifurlup`, `ifurlextup` and `pickselfweighted`: answers by what the server believes of its targets
 * (pdns/lua-record.cc, genericIfUp; docs/lua-records/functions.rst).
 *
 * The first set with a member that is up answers, by `selector`. Sets behind it are not even asked for. What was
 * never probed counts as down, so the first answers come from `backupSelector`.
 */
import { type Evaluation, type Now, pickText, textsOf } from './evaluation.ts';
import { pickClosest } from './geography.ts';
import { numberAt, tableAt, textAt } from './lua/arguments.ts';
import { LuaError, LuaTable, type LuaValue, toText } from './lua/values.ts';
import { Memory } from './memory.ts';
import { addressOf, type CheckOptions, portTarget, type Target, urlTarget } from './targets.ts';

interface Member {
  readonly address: string;
  readonly target: Target;
}

const NO_OPTIONS: CheckOptions = new Map();

function optionsOf(value: LuaValue): CheckOptions {
  if (value === undefined) return NO_OPTIONS;
  if (!(value instanceof LuaTable)) throw new LuaError('options must be a table');
  return new Map(value.entries().map(([key, one]) => [toText(key), toText(one)]));
}

/** Members made before: their targets are the same for every query. */
class Members {
  readonly #known: Memory<Member> = new Memory();

  /** @param what is asked of it: a port, a URL */
  of(text: string, what: string, options: CheckOptions, make: (address: string) => Target): Member {
    const key = `${what} ${text} ${options.size > 0 ? [...options].join(' ') : ''}`;
    return this.#known.of(key, () => {
      const address = addressOf(text);
      return { address, target: make(address) };
    });
  }
}

/** `{'a', 'b'}` is one set, `{{'a', 'b'}, {'c'}}` are two. */
function setsOf(table: LuaTable): string[][] {
  const items = table.list();
  if (!items.some((item) => item instanceof LuaTable)) return [items.map(toText)];
  return items.map((item) => {
    if (item instanceof LuaTable) return textsOf(item);
    throw new LuaError('a list holds either addresses or sets of them');
  });
}

function answerFrom(sets: readonly (readonly Member[])[], options: CheckOptions, now: Evaluation): string[] {
  let isIncomplete = true;
  for (const set of sets) {
    const alive = set.filter(({ target }) => {
      const belief = now.belief(target);
      if (belief !== 'unknown' || !target.failsWhenUnknown) isIncomplete = false;
      return belief === 'up';
    });
    if (alive.length > 0) return select(options.get('selector'), alive, now);
  }
  if (isIncomplete) throw new LuaError('if{url,port}up health check has not completed yet');
  const { backupSet } = now.setting.options;
  const first = sets.find((set) => set.length > 0) ?? [];
  return select(options.get('backupSelector'), backupSet === 'all' ? sets.flat() : first, now);
}

/** An unknown selector is `random`. */
function select(selector: string | undefined, members: readonly Member[], now: Evaluation): string[] {
  const addresses = members.map(({ address }) => address);
  if (selector === 'all') return addresses;
  if (selector === 'empty') return [];
  if (addresses.length === 0) throw new LuaError('The items list cannot be empty');
  if (selector === 'pickclosest') return [pickClosest(addresses, now)];
  return [pickText(addresses, now, selector === 'hashed' ? 'client' : 'chance')];
}

/** Every target up has the weight 1: bodies of pages, from which weights are read, are not modelled. */
function selfWeighted(members: readonly Member[], now: Evaluation): string {
  const addresses = members.map(({ address }) => address);
  const weights = members.map(({ target }) => (now.belief(target) === 'up' ? 1 : 0));
  if (weights.includes(1)) return addresses[now.chooser.pick(weights, 'client', addresses)]!;
  if (now.setting.options.selfWeightedDown === 'random' && addresses.length > 0)
    return pickText(addresses, now);
  throw new LuaError('The sum of items cannot be zero');
}

/** The functions that look at health. */
export function healthFunctions(now: Now): Record<string, LuaValue> {
  const members = new Members();
  return {
    ifportup: (args) => {
      const port = Math.min(65_535, Math.max(0, Math.trunc(numberAt(args, 0))));
      const options = optionsOf(args[2]);
      const sets = setsOf(tableAt(args, 1)).map((set) =>
        set.map((text) =>
          members.of(text, String(port), options, (address) => portTarget(address, port, options)),
        ),
      );
      return [LuaTable.of(answerFrom(sets, options, now()))];
    },
    ifurlup: (args) => {
      const [url, options] = [textAt(args, 0), optionsOf(args[2])];
      const sets = setsOf(tableAt(args, 1)).map((set) =>
        set.map((text) => members.of(text, url, options, (address) => urlTarget(address, url, options))),
      );
      return [LuaTable.of(answerFrom(sets, options, now()))];
    },
    ifurlextup: (args) => {
      const options = optionsOf(args[1]);
      const sets = tableAt(args, 0)
        .list()
        .map((set) => tableAt([set], 0).entries())
        .map((pairs) =>
          pairs.map(([text, url]) =>
            members.of(toText(text), `external ${toText(url)}`, options, () =>
              urlTarget(undefined, toText(url), options),
            ),
          ),
        );
      return [LuaTable.of(answerFrom(sets, options, now()))];
    },
    pickselfweighted: (args) => {
      const [url, options] = [textAt(args, 0), optionsOf(args[2])];
      const weighed = textsOf(tableAt(args, 1)).map((text) =>
        members.of(text, url, options, (address) => urlTarget(address, url, options)),
      );
      return [selfWeighted(weighed, now())];
    },
  };
}

/** Functions that pick without looking at health (pdns/lua-record.cc, docs/lua-records/functions.rst). */
import type { PickBy } from './chooser.ts';
import { type Now, pickText, textsOf } from './evaluation.ts';
import { numberAt, tableAt } from './lua/arguments.ts';
import { LuaError, type LuaFunction, LuaTable, type LuaValue, toText } from './lua/values.ts';
import { inBlock } from './networks.ts';

function filled(texts: readonly string[]): readonly string[] {
  if (texts.length === 0) throw new LuaError('The items list cannot be empty');
  return texts;
}

/** `{ {15, 'a'}, {100, 'b'} }`; the weight is read as `atoi` does. */
function weighted(by: PickBy, now: Now): LuaFunction {
  return (args) => {
    const rows = tableAt(args, 0)
      .list()
      .map((row) => tableAt([row], 0));
    const labels = filled(rows.map((row) => toText(row.get(2))));
    const weights = rows.map((row) => Math.max(0, Math.trunc(Number(toText(row.get(1))) || 0)));
    if (weights.every((weight) => weight === 0)) throw new LuaError('The sum of items cannot be zero');
    return [labels[now().chooser.pick(weights, by, labels)]];
  };
}

/** Neighbours of the list taken as a ring, in place of any sample in any order: see steering/pick.ts. */
function sample(now: Now): LuaFunction {
  return (args) => {
    const texts = filled(textsOf(tableAt(args, 1)));
    const count = Math.min(Math.max(0, Math.trunc(numberAt(args, 0))), texts.length);
    if (count === 0) return [LuaTable.of([])];
    const start = now().chooser.pick(
      texts.map(() => 1),
      'chance',
      texts,
    );
    return [LuaTable.of([...texts.slice(start), ...texts.slice(0, start)].slice(0, count))];
  };
}

/** The results of the first block that holds the client. */
function view(now: Now): LuaFunction {
  return (args) => {
    for (const rule of tableAt(args, 0).list()) {
      const [blocks, results] = tableAt([rule], 0)
        .list()
        .map((part) => textsOf(tableAt([part], 0)));
      if (!blocks?.some((block) => inBlock(now().client.best, block))) continue;
      if (!results?.length) throw new LuaError('The IP list cannot be empty');
      return [pickText(results, now())];
    }
    return [''];
  };
}

/** The functions that pick. */
export function pickFunctions(now: Now): Record<string, LuaValue> {
  return {
    pickrandom: (args) => [pickText(filled(textsOf(tableAt(args, 0))), now())],
    pickhashed: (args) => [pickText(filled(textsOf(tableAt(args, 0))), now(), 'client')],
    pickrandomsample: sample(now),
    pickwrandom: weighted('chance', now),
    pickwhashed: weighted('client', now),
    picknamehashed: weighted('name', now),
    pickchashed: weighted('ring', now),
    all: (args) => [LuaTable.of(filled(textsOf(tableAt(args, 0))))],
    view: view(now),
    netmask: (args) => [textsOf(tableAt(args, 0)).some((block) => inBlock(now().client.best, block))],
  };
}

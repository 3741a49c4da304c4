/** The syntax tree of the Lua that records are written in. */
import type { LuaValue, Spot } from './values.ts';

/** `at` is where its operator, bracket or first word stands. */
export type Expression =
  | { readonly kind: 'constant'; readonly at: Spot; readonly value: LuaValue }
  | { readonly kind: 'name'; readonly at: Spot; readonly name: string }
  | { readonly kind: 'index'; readonly at: Spot; readonly table: Expression; readonly key: Expression }
  | {
      readonly kind: 'call';
      readonly at: Spot;
      readonly callee: Expression;
      readonly args: readonly Expression[];
    }
  | {
      readonly kind: 'method';
      readonly at: Spot;
      readonly object: Expression;
      readonly name: string;
      readonly args: readonly Expression[];
    }
  | { readonly kind: 'function'; readonly at: Spot; readonly params: readonly string[]; readonly body: Block }
  | { readonly kind: 'unary'; readonly at: Spot; readonly sign: string; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly at: Spot;
      readonly sign: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'first'; readonly at: Spot; readonly of: Expression }
  | { readonly kind: 'table'; readonly at: Spot; readonly fields: readonly TableField[] };

/** Without a key the value takes the next number. */
export interface TableField {
  readonly key: Expression | undefined;
  readonly value: Expression;
}

export type Statement =
  | {
      readonly kind: 'local';
      readonly at: Spot;
      readonly names: readonly string[];
      readonly values: readonly Expression[];
      /** The names are known inside of the values, as in `local function`. */
      readonly recursive: boolean;
    }
  | {
      readonly kind: 'assign';
      readonly at: Spot;
      readonly targets: readonly Expression[];
      readonly values: readonly Expression[];
    }
  | { readonly kind: 'evaluate'; readonly at: Spot; readonly call: Expression }
  | { readonly kind: 'do'; readonly at: Spot; readonly body: Block }
  | {
      readonly kind: 'if';
      readonly at: Spot;
      readonly arms: readonly { readonly condition: Expression; readonly body: Block }[];
      readonly otherwise: Block | undefined;
    }
  | { readonly kind: 'while'; readonly at: Spot; readonly condition: Expression; readonly body: Block }
  | { readonly kind: 'repeat'; readonly at: Spot; readonly condition: Expression; readonly body: Block }
  | {
      readonly kind: 'count';
      readonly at: Spot;
      readonly name: string;
      readonly from: Expression;
      readonly to: Expression;
      readonly step: Expression | undefined;
      readonly body: Block;
    }
  | {
      readonly kind: 'each';
      readonly at: Spot;
      readonly names: readonly string[];
      readonly values: readonly Expression[];
      readonly body: Block;
    }
  | { readonly kind: 'return'; readonly at: Spot; readonly values: readonly Expression[] }
  | { readonly kind: 'break'; readonly at: Spot };

export type Block = readonly Statement[];

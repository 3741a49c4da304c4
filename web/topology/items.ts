/** What stands in a layer of the picture: single parts, and parts that belong together. Each knows how much room it needs. */
import type { Part } from '../../src/experiment/session/topology.ts';
import { textWidth } from './text-width.ts';

/** A part with its place in the picture. */
export interface Placed {
  readonly part: Part;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Takes whatever width it is given; no text is cut from `least` on. */
export interface Item {
  readonly head: Part;
  readonly least: number;
  readonly heightAt: (width: number) => number;
  readonly boxesAt: (x: number, y: number, width: number) => readonly Placed[];
}

const NODE_HEIGHT = 44;
/** One line only. */
const SMALL_HEIGHT = 26;
const PAD = 6;
const INDENT = 14;
const NARROWEST = 110;
const WIDEST = 240;
/** Left of a name there is a lamp. */
export const NAME_LEFT = 29;
export const NAME_SIZE = 12.5;
export const DETAIL_SIZE = 11;
/** Room beside the name, for a word on how it stands or for how much is going on. */
export const WORD = 62;
export const RATE = 36;
const RIGHT = 8;

/** What stands in the box of a part: what its place in the picture already says is left out. */
export function shortName({ kind, name }: Part): string {
  if (kind === 'checker') return 'check';
  // The kinds of clients of one population are told apart by what follows its name.
  if (kind === 'clients') return name.split(': ').at(-1)!;
  return kind === 'server' ? name.split('.', 1)[0]! : name;
}

function nameWidth(part: Part): number {
  return NAME_LEFT + textWidth(shortName(part), NAME_SIZE) + RIGHT;
}

const clamped = (width: number): number => Math.min(WIDEST, Math.max(NARROWEST, width));

/** A part by itself. @param beside on one line, with so much room beside the name; absent: two lines */
export function single(part: Part, beside?: number): Item {
  const height = beside === undefined ? NODE_HEIGHT : SMALL_HEIGHT;
  return {
    head: part,
    least: clamped(nameWidth(part) + (beside ?? 0)),
    heightAt: () => height,
    boxesAt: (x, y, width) => [{ part, x, y, width, height }],
  };
}

/** Something with what hangs on it, below and a little to the right: an endpoint with its checker. */
export function withBelow(head: Part, below: readonly Part[]): Item {
  const step = SMALL_HEIGHT + PAD;
  return {
    head,
    least: clamped(Math.max(nameWidth(head), ...below.map((part) => INDENT + nameWidth(part) + WORD))),
    heightAt: () => NODE_HEIGHT + below.length * step,
    boxesAt: (x, y, width) => [
      { part: head, x, y, width, height: NODE_HEIGHT },
      ...below.map((part, at) => ({
        part,
        x: x + INDENT,
        y: y + NODE_HEIGHT + PAD + at * step,
        width: width - INDENT,
        height: SMALL_HEIGHT,
      })),
    ],
  };
}

/** A frame around its parts, with as many side by side as fit: a provider with its servers. */
export function frame(head: Part, inside: readonly Part[]): Item {
  const least = Math.max(...inside.map(nameWidth));
  const room = (width: number): number => width - 2 * PAD;
  const abreast = (width: number): number => {
    const most = Math.max(1, Math.floor((room(width) + PAD) / (least + PAD)));
    return Math.ceil(inside.length / Math.ceil(inside.length / most));
  };
  const heightAt = (width: number): number =>
    NODE_HEIGHT + Math.ceil(inside.length / abreast(width)) * (SMALL_HEIGHT + PAD);
  return {
    head,
    least: clamped(Math.max(nameWidth(head), least + 2 * PAD)),
    heightAt,
    boxesAt: (x, y, width) => {
      const perRow = abreast(width);
      const each = (room(width) - (perRow - 1) * PAD) / perRow;
      const children = inside.map((part, at) => ({
        part,
        x: x + PAD + (at % perRow) * (each + PAD),
        y: y + NODE_HEIGHT + Math.floor(at / perRow) * (SMALL_HEIGHT + PAD),
        width: each,
        height: SMALL_HEIGHT,
      }));
      return [{ part: head, x, y, width, height: heightAt(width) }, ...children];
    },
  };
}

/** Several items as one, one below the other. */
export function pile(items: readonly Item[], gap: number): Item {
  const heightAt = (width: number): number =>
    items.reduce((sum, item) => sum + item.heightAt(width) + gap, -gap);
  return {
    head: items[0]!.head,
    least: Math.max(...items.map(({ least }) => least)),
    heightAt,
    boxesAt: (x, y, width) => {
      let top = y;
      return items.flatMap((item) => {
        const boxes = item.boxesAt(x, top, width);
        top += item.heightAt(width) + gap;
        return boxes;
      });
    },
  };
}

/** Reading pictures back: attributes, texts with their extent, step lines. */
import { textWidth } from '../../../src/report/charts/drawing.ts';

export interface Mark {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Every element, with the text that directly follows its opening tag. */
export function marksOf(svg: string): Mark[] {
  return [...svg.matchAll(/<(\w+)((?:\s+[\w:-]+="[^"]*")*)\s*\/?>([^<]*)/g)].map(([, name, list, text]) => ({
    name: name!,
    attributes: Object.fromEntries(
      [...list!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
    ),
    text: text!,
  }));
}

/** Marks of one name and class. */
export function marksWith(svg: string, name: string, className: string): Mark[] {
  return marksOf(svg).filter(
    (mark) => mark.name === name && (mark.attributes['class'] ?? '').split(' ').includes(className),
  );
}

export function numberOf({ attributes }: Mark, key: string): number {
  return Number(attributes[key]);
}

/** Where `translate` puts a mark. */
export function placeOf({ attributes }: Mark): [number, number] {
  const [, x, y] = /translate\(([^,]+),([^)]+)\)/.exec(attributes['transform'] ?? '') ?? [];
  return [Number(x), Number(y)];
}

/** Left and right end of a text. */
export function extentOf(mark: Mark): [number, number] {
  const text = mark.text.replaceAll(/&\w+;/g, '&');
  const width = textWidth(text);
  const x = numberOf(mark, 'x');
  const anchor = mark.attributes['text-anchor'];
  const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
  return [left, left + width];
}

/** The height of a path of M, H and V at an x; before its start undefined. */
export function heightAt(path: string, x: number): number | undefined {
  let height: number | undefined;
  let at = Number.NEGATIVE_INFINITY;
  for (const [, command, numbers] of path.matchAll(/([MHV])([-\d.,]+)/g)) {
    const [first, second] = numbers!.split(',').map(Number);
    if (command === 'M') {
      if (first! > x) return undefined;
      [at, height] = [first!, second!];
    } else if (command === 'H') {
      if (x < first! && x >= at) return height;
      at = first!;
    } else height = first!;
  }
  return height;
}

/** Ids in any markup. */
export function idsOf(markup: string): string[] {
  return [...markup.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
}

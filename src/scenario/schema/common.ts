/** Shapes that several parts of the schema share. */
import { z } from 'zod';
import { textKind } from '../kinds.ts';
import { about, field, type Rule } from './field.ts';

/** A name that stands for something defined elsewhere in the scenario; whether it exists is checked later. */
export function reference(what: string, example?: string): z.ZodType<string> {
  return field(textKind, what, example === undefined ? {} : { example });
}

/** A list with at least one item. */
export function listOf<T>(item: z.ZodType<T>, description: string, example?: unknown): z.ZodType<T[]> {
  return about(z.array(item).min(1), description, example);
}

/** One item or a list of them. @returns always a list */
export function oneOrMore<T>(item: z.ZodType<T>, description: string): z.ZodType<T[]> {
  const one = item.transform((value) => [value]);
  return about(z.union([one, z.array(item).min(1)]) as z.ZodType<T[]>, description);
}

/** The rule that no name of a list stands there twice. @param noun what the names are names of */
export function distinct(noun: string): Rule<readonly string[]> {
  return (names) => {
    const index = names.findIndex((name, at) => names.indexOf(name) < at);
    if (index < 0) return undefined;
    const message = `the ${noun} '${names[index]}' is listed twice`;
    return { code: 'scenario-listed-twice', message, path: [index], hint: 'remove one of them' };
  };
}

/** A map from names chosen by the author. */
export function mapOf<T>(
  value: z.ZodType<T>,
  description: string,
  example?: unknown,
): z.ZodType<Record<string, T>> {
  return about(z.record(z.string(), value), description, example);
}

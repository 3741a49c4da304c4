/** The scenario at hand: one that ships, one out of a link, or one the user has changed. */
import demo from '../../scenarios/failover-ttl.yaml?raw';
import { decodeShared, encodeShared, type Shared } from '../share/codec.ts';
import type { Source } from '../share/contract.ts';

/** The drill the page opens with; its text is at hand without a further request. */
export const DEMO_FILE = 'failover-ttl.yaml';
export const DEMO: Source = { file: DEMO_FILE, text: demo, files: {} };

/** A drill that ships with dnsdrill. */
export interface ShippedDrill {
  readonly file: string;
  readonly title: string;
  readonly text: string;
  /** What it is about, in a few words. */
  readonly group: string;
}

let shipped: Promise<typeof import('../shipped.ts')> | undefined;

/** Every drill that ships, those of a group together. Loaded once. */
export async function shippedDrills(): Promise<readonly ShippedDrill[]> {
  shipped ??= import('../shipped.ts');
  try {
    return (await shipped).SHIPPED;
  } catch (error) {
    // Another time the connection may be there again.
    shipped = undefined;
    throw error;
  }
}

/** Drills by what they are about, in order. */
export function inGroups(
  drills: readonly ShippedDrill[],
): readonly (readonly [string, readonly ShippedDrill[]])[] {
  const names = [...new Set(drills.map(({ group }) => group))];
  return names.map((name) => [name, drills.filter(({ group }) => group === name)] as const);
}

/** The source of a shipped drill; undefined when there is none of that name. */
export async function shippedSource(file: string): Promise<Source | undefined> {
  if (file === DEMO_FILE) return DEMO;
  const drills = await shippedDrills();
  const { SHIPPED_FILES } = await shipped!;
  const found = drills.find((drill) => drill.file === file);
  return found && { file, text: found.text, files: SHIPPED_FILES };
}

/** The whole of a source as a link's payload, and nothing else. */
export function packSource({ file, text, files }: Source, view: string): Promise<string> {
  return encodeShared({ view, file, text, files: usedFiles(text, files), sets: [] });
}

/** Files a scenario does not name need not travel with it. */
export function usedFiles(text: string, files: Source['files']): Source['files'] {
  return Object.fromEntries(Object.entries(files).filter(([path]) => text.includes(path)));
}

export async function unpack(payload: string): Promise<{ shared: Shared } | { problem: string }> {
  return decodeShared(payload);
}

/** What the scenario says its seed is; 1 when it says nothing. */
export function seedOf(text: string): number {
  return Number(/^seed:[ \t]*(\d{1,15})\b/m.exec(text)?.[1] ?? 1);
}

/** The title line of a scenario. */
export function titleOf({ text, file }: Source): string {
  const title = /^title:[ \t]*(.+?)[ \t]*$/m.exec(text)?.[1]?.replace(/^(['"])(.*)\1$/, '$2');
  return title ?? file;
}

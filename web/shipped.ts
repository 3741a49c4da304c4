/** The scenarios that ship with dnsdrill, with the zone files and Corefiles they read, as they lie in the repository. */

const texts: Record<string, string> = import.meta.glob('../scenarios/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const besides: Record<string, string> = import.meta.glob(
  ['../scenarios/**/*.zone', '../scenarios/corefiles/*'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);

export interface ShippedScenario {
  /** File name in the folder of scenarios. */
  readonly file: string;
  readonly title: string;
  readonly text: string;
}

/** Ordered by title. */
export const SHIPPED: readonly ShippedScenario[] = Object.entries(texts)
  .map(([path, text]) => ({ file: fileOf(path), title: titleOf(text) ?? fileOf(path), text }))
  .sort((one, other) => compare(one.title, other.title) || compare(one.file, other.file));

/** Texts of every file a scenario may include, by path below the folder of scenarios. */
export const SHIPPED_FILES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(besides).map(([path, text]) => [fileOf(path), text]),
);

function fileOf(path: string): string {
  return path.replace('../scenarios/', '');
}

function titleOf(text: string): string | undefined {
  return /^title:[ \t]*(.+?)[ \t]*$/m.exec(text)?.[1]?.replace(/^(['"])(.*)\1$/, '$2');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/**
 * The listed zones: from master files beside the scenario, or written inline.
 *
 * Read from the tree itself, so that problems of zone data are told together with those of the rest. Inline
 * text may leave out SOA and NS; they are appended, so line numbers stay those of the text.
 */
import type { Issue, Place } from '../../base/issue.ts';
import type { Name } from '../../dns/data/name.ts';
import type { RRset } from '../../dns/data/rrset.ts';
import { typeToText } from '../../dns/data/rrtype.ts';
import { type MasterFileResult, readMasterFile } from '../../dns/zone/master-file.ts';
import type { Zone } from '../../dns/zone/zone.ts';
import { childOf, nodeAt, type Path, type ScalarNode, type TreeNode } from '../document/tree.ts';
import type { FolderFiles } from '../files.ts';
import type { IssueList } from '../issues.ts';
import { type DefinedNames, zoneOrigin } from '../names.ts';

/** A listed zone that could be read. */
export interface ReadZone {
  readonly index: number;
  readonly zone: Zone;
  /** What was filled in: `SOA`, `NS`. */
  readonly filledIn: readonly string[];
}

/** Master files read before, by origin and path. */
export type KnownFiles = Map<string, MasterFileResult>;

/** Reads every listed zone; those with errors are left out and their problems reported. */
export function readZones(
  tree: TreeNode,
  names: DefinedNames,
  files: FolderFiles,
  issues: IssueList,
  known: KnownFiles = new Map(),
): ReadZone[] {
  const list = nodeAt(tree, ['zones']);
  if (list?.kind !== 'list') return [];
  const reader = new ZoneReader(names, files, issues, known);
  return list.items.flatMap((node, index) => reader.read(node, ['zones', index]) ?? []);
}

class ZoneReader {
  readonly #names: DefinedNames;
  readonly #files: FolderFiles;
  readonly #issues: IssueList;
  readonly #known: KnownFiles;
  readonly #seen = new Set<Name>();

  constructor(names: DefinedNames, files: FolderFiles, issues: IssueList, known: KnownFiles) {
    this.#names = names;
    this.#files = files;
    this.#issues = issues;
    this.#known = known;
  }

  read(node: TreeNode, path: Path): ReadZone | undefined {
    const origin = zoneOrigin(node);
    const file = scalar(childOf(node, 'file'));
    const found = file ? this.#fromFile(String(file.value), origin, path) : this.#inline(node, origin);
    const isPrivate = childOf(node, 'private') !== undefined;
    if (!found || (!isPrivate && !this.#isNew(found.zone.origin, path))) return undefined;
    return { index: Number(path.at(-1)), ...found };
  }

  #isNew(origin: Name, path: Path): boolean {
    const taken = this.#seen.has(origin) ? 'is listed twice' : origin === '.' ? 'is generated' : undefined;
    if (taken) this.#issues.add(path, 'scenario-duplicate-zone', `the zone ${origin} ${taken}`);
    this.#seen.add(origin);
    return taken === undefined;
  }

  #fromFile(file: string, origin: Name | undefined, path: Path): Omit<ReadZone, 'index'> | undefined {
    const result = this.#files.read(file);
    if ('problem' in result) {
      const outside = result.problem === 'outside';
      const message = outside ? `'${file}' lies outside the scenario's folder` : `there is no file '${file}'`;
      const hint = "zone files stand in the scenario's folder or below it";
      this.#issues.add([...path, 'file'], `scenario-file-${result.problem}`, message, { hint });
      return undefined;
    }
    const { zone, issues } = this.#masterFile(file, result.text, origin);
    this.#issues.issues.push(...issues);
    return zone && { zone, filledIn: [] };
  }

  /** Strategies read the same files: each is parsed once. */
  #masterFile(file: string, text: string, origin: Name | undefined): MasterFileResult {
    const key = `${origin} ${file}`;
    const known = this.#known.get(key);
    if (known) return known;
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const result = readMasterFile(text, {
      file: this.#files.display(file),
      ...(origin === undefined ? {} : { origin }),
      readInclude: (include) => {
        const included = this.#files.read(folder + include);
        return 'text' in included ? included.text : undefined;
      },
    });
    this.#known.set(key, result);
    return result;
  }

  #inline(node: TreeNode, origin: Name | undefined): Omit<ReadZone, 'index'> | undefined {
    const records = scalar(childOf(node, 'records'));
    if (origin === undefined) return undefined;
    const text = typeof records?.value === 'string' ? records.value : '';
    const { zone, filledIn, issues } = readCompleted(
      text,
      origin,
      this.#serversOf(node),
      this.#soaOf(node),
      records,
      node.place,
    );
    this.#issues.issues.push(...issues);
    return zone && { zone, filledIn };
  }

  /** TTL and times of the SOA, as the first provider of the zone has them. */
  #soaOf(node: TreeNode): SoaTimes {
    const [first = this.#names.provider[0]!] = texts(childOf(node, 'providers')) ?? [];
    const own = this.#names.formatsOf.get(first)?.defaults;
    return { ...(own?.soa ?? USUAL_SOA), nsTtl: own?.nsTtl };
  }

  #serversOf(node: TreeNode): readonly Name[] {
    const providers = texts(nodeAt(node, ['delegation', 'providers'])) ?? texts(childOf(node, 'providers'));
    const named = (providers ?? this.#names.provider).flatMap(
      (name) => this.#names.serversOf.get(name) ?? [],
    );
    return [...new Set(named.length > 0 ? named : this.#names.server)];
  }
}

/** TTL of an SOA, its serial and times. */
interface SoaTimes {
  readonly ttl: number;
  readonly times: string;
  /** TTL of the NS set; absent: two days. */
  readonly nsTtl?: number | undefined;
}

interface Completed {
  readonly zone?: Zone;
  readonly filledIn: readonly string[];
  readonly issues: readonly Issue[];
}

/** Reads inline text, with the SOA and NS it lacks appended. @param node the scalar that holds the text */
function readCompleted(
  text: string,
  origin: Name,
  servers: readonly Name[],
  times: SoaTimes,
  node: ScalarNode | undefined,
  at: Place,
): Completed {
  const ns = servers.map((server) => `${origin} ${times.nsTtl ?? NS_TTL} IN NS ${server}\n`).join('');
  const soa = `${origin} ${times.ttl} IN SOA ${servers[0] ?? origin} hostmaster.${origin} ${times.times}\n`;
  const options = { file: at.file, origin };
  let whole = `${text}\n`;
  let result = readMasterFile(whole, options);
  const filledIn: string[] = [];
  for (const [code, what, lines] of [
    ['zone-no-soa', 'SOA', soa],
    ['zone-no-ns', 'NS', ns],
  ] as const) {
    if (!result.issues.some((issue) => issue.code === code)) continue;
    whole += lines;
    filledIn.push(what);
    result = readMasterFile(whole, options);
  }
  const lines = text.split('\n').length;
  return { ...result, filledIn, issues: result.issues.map((issue) => inScenario(issue, node, at, lines)) };
}

/** What a whole zone is asked for, but a few records are not. */
const ZONE_WIDE = ['zone-missing-glue', 'zone-target-is-alias', 'zone-target-without-address'];

/** Records of a change or a fault: RRsets of a zone, without the zone. @param node the scalar that holds them */
export function readRecords(
  text: string,
  origin: Name,
  node: TreeNode,
): { readonly sets: readonly RRset[]; readonly issues: readonly Issue[] } {
  const own = node.kind === 'scalar' ? node : undefined;
  const { zone, filledIn, issues } = readCompleted(text, origin, [origin], USUAL_SOA, own, node.place);
  const sets = [...(zone?.rrsets() ?? [])].filter(
    ({ name, type }) => name !== origin || !filledIn.includes(typeToText(type)),
  );
  return { sets, issues: issues.filter(({ code }) => !ZONE_WIDE.includes(code)) };
}

/** As Route 53 and others give the NS set of a zone: two days. */
const NS_TTL = 172_800;
/** Negative TTL min(3600, 300) = 300 s: within the 5 minutes to 3 hours of RFC 2308 §5 and operators' practice. */
const USUAL_SOA: SoaTimes = { ttl: 3600, times: '1 7200 900 1209600 300' };

/** A problem of inline text, placed in the scenario file. */
function inScenario(issue: Issue, records: ScalarNode | undefined, at: Place, lines: number): Issue {
  const block = records?.block;
  const { line, column } = issue.place ?? { line: 1, column: 1 };
  if (!block || line > lines) return { ...issue, place: records?.place ?? at };
  return {
    ...issue,
    place: { file: block.file, line: block.line + line - 1, column: block.column + column - 1 },
  };
}

function scalar(node: TreeNode | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' && node.value !== null ? node : undefined;
}

function texts(node: TreeNode | undefined): string[] | undefined {
  if (node?.kind === 'scalar') return [String(node.value)];
  return node?.kind === 'list'
    ? node.items.flatMap((item) => scalar(item)?.value?.toString() ?? [])
    : undefined;
}

/** `timeline:` to faults and changes in order of time: repetitions played out, repairs turned into ends. */
import type { Micros } from '../../base/time.ts';
import type { ChangeSpec, FaultSpec, TimelineSpec } from '../../model/spec.ts';
import { DEFAULTS } from '../defaults.ts';
import type { Path } from '../document/tree.ts';
import { durationKind, shareKind } from '../kinds.ts';
import type { ChangeDoc } from '../schema/changes.ts';
import type { FaultDoc } from '../schema/faults.ts';
import { OPERATIONS } from '../schema/operations.ts';
import type { TimelineDoc } from '../schema/scenario.ts';
import { targetKind } from '../target.ts';
import { ZoneEditor } from './changes.ts';
import { buildFaults, type FaultContext } from './faults.ts';
import type { HostedZone } from './hierarchy.ts';
import type { OperationEntry, OperationParts } from './operation-parts.ts';
import { OperationDesk } from './operations.ts';
import { covers, targetsOf } from './targets.ts';

const DURATION = durationKind();

/** Repetitions beyond this are more than anybody reads or a run needs. */
const MOST_OCCURRENCES = 100_000;

interface Occurrence {
  readonly doc: TimelineDoc;
  readonly at: Micros;
  readonly path: Path;
}

/** Everything that happens, sorted by time, then by place in the file. */
export function buildTimeline(
  context: FaultContext,
  zones: readonly HostedZone[],
  parts: OperationParts,
): TimelineSpec[] {
  const editor = new ZoneEditor(context.draft, zones, context.providers, parts.policies);
  const builder = new TimelineBuilder(context, editor, new OperationDesk(parts));
  for (const occurrence of occurrences(context)) builder.add(occurrence);
  return builder.items.filter((item) => item.kind === 'change' || item.until > item.at);
}

function occurrences({ draft }: FaultContext): Occurrence[] {
  const list: Occurrence[] = [];
  for (const [index, doc] of (draft.doc.timeline ?? []).entries()) {
    const path = ['timeline', index];
    draft.ledger.written([...path, 'at'], doc.at, DURATION);
    if (doc.at >= draft.doc.duration) {
      const message = `it happens at ${DURATION.show(doc.at)}, when the run is over`;
      const hint = `the run ends at ${DURATION.show(draft.doc.duration)}`;
      draft.issues.add([...path, 'at'], 'scenario-after-end', message, { severity: 'warning', hint });
    }
    for (let time = 0; time < (doc.times ?? 1) && list.length < MOST_OCCURRENCES; time++) {
      const at = doc.at + time * (doc.every ?? 0);
      if (time === 0 || at < draft.doc.duration) list.push({ doc, at, path });
    }
  }
  return list.sort((a, b) => a.at - b.at || Number(a.path[1]) - Number(b.path[1]));
}

type Ending<T> = { -readonly [K in keyof T]: T[K] };

class TimelineBuilder {
  readonly items: (Ending<FaultSpec> | ChangeSpec)[] = [];
  readonly #context: FaultContext;
  readonly #editor: ZoneEditor;
  readonly #operations: OperationDesk;

  constructor(context: FaultContext, editor: ZoneEditor, operations: OperationDesk) {
    this.#context = context;
    this.#editor = editor;
    this.#operations = operations;
  }

  add({ doc, at, path }: Occurrence): void {
    if ('restore' in doc) this.#restore(doc, at, path);
    else if ('flush' in doc) this.#flush(doc, at, path);
    else if ('put' in doc) this.items.push(...this.#editor.put(doc, at, path));
    else if ('remove' in doc) this.items.push(...this.#editor.remove(doc, at, path));
    else if ('delegate' in doc) this.items.push(...this.#editor.delegate(doc, at, path));
    else if ('ttl' in doc) this.items.push(...this.#editor.ttl(doc, at, path));
    else if (isOperation(doc)) this.items.push(...this.#operations.build(doc, at, path));
    else this.items.push(...buildFaults(this.#context, doc as FaultDoc, at, path));
  }

  /** Ends every fault on the target that has begun and not ended. */
  #restore(doc: Extract<ChangeDoc, { restore: unknown }>, at: Micros, path: Path): void {
    const { draft } = this.#context;
    const repaired = targetsOf(draft, doc.restore, undefined, this.#context, [...path, 'restore']);
    let ended = 0;
    for (const item of this.items) {
      if (item.kind !== 'fault' || item.until <= at) continue;
      if (!repaired.some((target) => covers(target, item.target))) continue;
      item.until = at;
      ended += 1;
    }
    if (ended > 0) return;
    const message = `nothing ails ${targetKind.show(doc.restore)} at ${DURATION.show(at)}`;
    draft.issues.add([...path, 'restore'], 'scenario-nothing-to-restore', message, { severity: 'warning' });
  }

  #flush(doc: Extract<ChangeDoc, { flush: unknown }>, at: Micros, path: Path): void {
    const { draft, resolvers } = this.#context;
    const share = draft.ledger.settle([...path, 'share'], doc.share, shareKind, DEFAULTS.flushShare);
    const target = doc.flush;
    if (target !== 'all' && target.word !== 'resolver') {
      const message = 'only resolvers can be flushed';
      draft.issues.add([...path, 'flush'], 'scenario-unfit-target', message, {
        hint: 'write resolver NAME, or all',
      });
      return;
    }
    const resolver =
      target === 'all' ? {} : { resolver: resolvers.findIndex(({ name }) => name === target.name) };
    const name = doc.name === undefined ? {} : { name: doc.name };
    const who = target === 'all' ? 'all resolvers' : targetKind.show(target);
    const label = doc.label ?? `flush ${who}${share < 1 ? ` (${shareKind.show(share)})` : ''}`;
    this.items.push({ kind: 'change', label, at, change: { kind: 'flush', ...resolver, share, ...name } });
  }
}

function isOperation(doc: TimelineDoc): doc is TimelineDoc & OperationEntry {
  return Object.keys(OPERATIONS).some((verb) => verb in doc);
}

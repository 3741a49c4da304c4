import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FutureEventList } from '../../src/kernel/future-event-list.ts';

/** Pops everything and gives the first payload of each event. */
function drain(list: FutureEventList): number[] {
  const order: number[] = [];
  while (list.pop()) order.push(list.a);
  return order;
}

describe('order', () => {
  it('is by time, and by insertion among equals', () => {
    const list = new FutureEventList();
    [30, 10, 20, 10, 30, 10].forEach((at, index) => {
      list.schedule(at, 0, 0, index);
    });
    expect(drain(list)).toEqual([1, 3, 5, 2, 0, 4]);
  });

  it('holds for a thousand events of one instant, cancelled ones among them', () => {
    const list = new FutureEventList();
    const handles = Array.from({ length: 1000 }, (_, index) => list.schedule(5, 0, 0, index));
    handles.forEach((handle, index) => {
      if (index % 3 === 0) list.cancel(handle);
    });
    expect(drain(list)).toEqual(handles.map((_, index) => index).filter((index) => index % 3 !== 0));
  });

  it('gives every field of the event back, whole doubles included', () => {
    const list = new FutureEventList();
    list.schedule(7, 2_000_000_000, 65_536, 2 ** 53 - 1, -3);
    expect(list.pop()).toBe(true);
    expect([list.time, list.sequence, list.entity, list.kind, list.a, list.b]).toEqual([
      7,
      1,
      2_000_000_000,
      65_536,
      2 ** 53 - 1,
      -3,
    ]);
  });
});

describe('nextTime', () => {
  it('follows scheduling, cancelling and popping', () => {
    const list = new FutureEventList();
    expect(list.nextTime).toBe(Number.POSITIVE_INFINITY);
    const later = list.schedule(20, 0, 0);
    const sooner = list.schedule(10, 0, 0);
    expect(list.nextTime).toBe(10);
    list.cancel(sooner);
    expect(list.nextTime).toBe(20);
    list.cancel(later);
    expect(list.nextTime).toBe(Number.POSITIVE_INFINITY);
    expect(list.pop()).toBe(false);
  });
});

describe('cancel', () => {
  it('is true once, and false for stale, foreign and nonsense handles', () => {
    const list = new FutureEventList();
    const handle = list.schedule(1, 0, 0);
    expect(list.cancel(handle)).toBe(true);
    for (const stale of [handle, 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53 - 1]) {
      expect(list.cancel(stale), `handle ${stale}`).toBe(false);
    }
  });

  it('leaves the next user of the slot alone', () => {
    const list = new FutureEventList();
    const first = list.schedule(1, 0, 0, 1);
    list.pop();
    const second = list.schedule(2, 0, 0, 2);
    expect(second % 2 ** 24).toBe(first % 2 ** 24);
    expect(list.cancel(first)).toBe(false);
    expect(list.size).toBe(1);
    expect(list.cancel(second)).toBe(true);
  });
});

describe('refused times', () => {
  it.each([Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 2 ** 53])('%d', (at) => {
    expect(() => new FutureEventList().schedule(at, 0, 0)).toThrow(`cannot schedule at ${at}`);
  });

  it('the past, but not the present', () => {
    const list = new FutureEventList();
    list.schedule(10, 0, 0);
    list.pop();
    expect(() => list.schedule(9, 0, 0)).toThrow('from now (10) on');
    expect(() => list.schedule(10, 0, 0)).not.toThrow();
  });

  it('leaves the list as it was', () => {
    const list = new FutureEventList();
    expect(() => list.schedule(Number.NaN, 0, 0)).toThrow();
    expect([list.size, list.nextTime]).toEqual([0, Number.POSITIVE_INFINITY]);
  });
});

/** A list that cannot be wrong: an array sorted anew for each look. */
class SortedArray {
  readonly pending: { at: number; sequence: number; a: number }[] = [];
  scheduled = 0;

  schedule(at: number, a: number): number {
    this.pending.push({ at, a, sequence: ++this.scheduled });
    this.pending.sort((left, right) => left.at - right.at || left.sequence - right.sequence);
    return this.scheduled;
  }

  cancel(sequence: number): boolean {
    const index = this.pending.findIndex((event) => event.sequence === sequence);
    if (index >= 0) this.pending.splice(index, 1);
    return index >= 0;
  }
}

const operations = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ op: fc.constant('schedule' as const), n: fc.nat(8) }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('cancel' as const), n: fc.nat(1000) }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('pop' as const), n: fc.constant(0) }) },
  ),
  { maxLength: 400, size: 'max' },
);

describe('against a sorted array', () => {
  it('agrees after every operation, while it grows from nothing', () => {
    fc.assert(
      fc.property(operations, (list) => {
        const real = new FutureEventList();
        const model = new SortedArray();
        const handles: { real: number; model: number }[] = [];
        list.forEach(({ op, n }, index) => {
          if (op === 'schedule') {
            const at = real.time + n;
            handles.push({ real: real.schedule(at, 1, 2, index), model: model.schedule(at, index) });
          } else if (op === 'cancel' && handles.length > 0) {
            const handle = handles[n % handles.length]!;
            expect(real.cancel(handle.real)).toBe(model.cancel(handle.model));
          } else if (op === 'pop') {
            const earliest = model.pending.shift();
            expect(real.pop()).toBe(earliest !== undefined);
            if (earliest) expect({ at: real.time, sequence: real.sequence, a: real.a }).toEqual(earliest);
          }
          expect(real.size).toBe(model.pending.length);
          expect(real.nextTime).toBe(model.pending[0]?.at ?? Number.POSITIVE_INFINITY);
        });
        expect(drain(real)).toEqual(model.pending.map((event) => event.a));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

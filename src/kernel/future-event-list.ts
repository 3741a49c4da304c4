/**
 * The future event list: pending events ordered by (time, sequence), so ties are never accidental.
 *
 * A binary heap on typed arrays. A heap position holds a key (time, sequence) and a slot; the slot holds the
 * event's data and knows its position, so that cancelling truly removes. #slots is a permutation: positions
 * 1..size are pending, those beyond are the free slots and have the time Infinity, which spares bound checks.
 * On removal the hole sinks to a leaf, from where the last event rises ("bottom-up heapsort", I. Wegener,
 * Theoretical Computer Science 118, 1993).
 */
import type { Micros } from '../base/time.ts';

/**
 * Names one scheduled event: slot + 2^24 · (sequence mod 2^29), 53 bits. So at most 2^24 - 1 events can be
 * pending, and a handle kept past its event is known for stale until 2^29 more are scheduled. 0 is never one.
 */
export type EventHandle = number;

const SLOT_LIMIT = 2 ** 24;
const SEQUENCE_MASK = 2 ** 29 - 1;

/** Events to come; times in microseconds. */
export class FutureEventList {
  /** Time of the earliest pending event, Infinity when there is none. A plain field: hot loops read it. */
  nextTime: Micros = Infinity;
  /** Number of pending events. */
  size = 0;
  /** The clock: time of the event popped last. Nothing can be scheduled before it. */
  time: Micros = 0;
  /** The event popped last: insertion number, receiver, kind (both int32) and two numbers for the receiver. */
  sequence = 0;
  entity = 0;
  kind = 0;
  a = 0;
  b = 0;

  #scheduled = 0;
  #capacity = 0;
  // By heap position: #times, #sequences, #slots. By slot: #positions, #data (entity, kind, a, b).
  #times: Float64Array = new Float64Array(0);
  #sequences: Float64Array = new Float64Array(0);
  #slots: Int32Array = new Int32Array(0);
  #positions: Int32Array = new Int32Array(0);
  #data: Float64Array = new Float64Array(0);

  /**
   * Adds an event. Events of one time are popped in the order they were scheduled.
   * @throws RangeError when `at` is not a whole number of microseconds from `time` to 2^53 - 1.
   */
  schedule(at: Micros, entity: number, kind: number, a = 0, b = 0): EventHandle {
    if (!(at >= this.time && at <= Number.MAX_SAFE_INTEGER && Math.floor(at) === at)) {
      throw new RangeError(`cannot schedule at ${at}: not whole microseconds from now (${this.time}) on`);
    }
    if (this.size === this.#capacity) this.#grow(this.#capacity * 2 + 1);
    const slot = this.#slots[++this.size]!;
    this.#data[slot * 4] = entity;
    this.#data[slot * 4 + 1] = kind;
    this.#data[slot * 4 + 2] = a;
    this.#data[slot * 4 + 3] = b;
    const sequence = ++this.#scheduled;
    this.#rise(this.size, at, sequence, slot);
    this.nextTime = this.#times[1]!;
    return slot + (sequence & SEQUENCE_MASK) * SLOT_LIMIT;
  }

  /** Removes a pending event. A stale handle (popped, cancelled, 0) is a harmless false. */
  cancel(handle: EventHandle): boolean {
    const position = this.#positions[handle & (SLOT_LIMIT - 1)]!;
    const pending =
      position > 0 && (this.#sequences[position]! & SEQUENCE_MASK) === Math.floor(handle / SLOT_LIMIT);
    if (pending) this.#remove(position);
    return pending;
  }

  /** Takes the earliest event off the list into `time`, `sequence`, `entity`, `kind`, `a` and `b`. */
  pop(): boolean {
    if (this.size === 0) return false;
    const at = this.#slots[1]! * 4;
    this.time = this.nextTime;
    this.sequence = this.#sequences[1]!;
    this.entity = this.#data[at]! | 0;
    this.kind = this.#data[at + 1]! | 0;
    this.a = this.#data[at + 2]!;
    this.b = this.#data[at + 3]!;
    this.#remove(1);
    return true;
  }

  #remove(position: number): void {
    const last = this.size--;
    const freed = this.#slots[position]!;
    const time = this.#times[last]!;
    const sequence = this.#sequences[last]!;
    const slot = this.#slots[last]!;
    this.#positions[freed] = 0;
    this.#slots[last] = freed;
    this.#times[last] = Infinity;
    if (position < last) this.#rise(this.#sink(position), time, sequence, slot);
    this.nextTime = this.#times[1]!;
  }

  /** Moves a hole down to a leaf, the earlier child taking its place at each step; returns the leaf. */
  #sink(hole: number): number {
    const times = this.#times;
    const sequences = this.#sequences;
    for (let child = hole * 2; child <= this.size; child = hole * 2) {
      child += Number(times[child + 1]! < times[child]!); // without a branch: the processor cannot guess it
      const other = child ^ 1;
      if (times[other] === times[child] && sequences[other]! < sequences[child]!) child = other;
      this.#place(hole, times[child]!, sequences[child]!, this.#slots[child]!);
      hole = child;
    }
    return hole;
  }

  /** Puts an event into a hole and lets it rise above later ones. */
  #rise(hole: number, time: Micros, sequence: number, slot: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    for (let parent = hole >> 1; parent > 0; parent = hole >> 1) {
      const difference = times[parent]! - time;
      if (difference < 0 || (difference === 0 && sequences[parent]! < sequence)) break;
      this.#place(hole, times[parent]!, sequences[parent]!, this.#slots[parent]!);
      hole = parent;
    }
    this.#place(hole, time, sequence, slot);
  }

  #place(position: number, time: Micros, sequence: number, slot: number): void {
    this.#times[position] = time;
    this.#sequences[position] = sequence;
    this.#slots[position] = slot;
    this.#positions[slot] = position;
  }

  #grow(capacity: number): void {
    if (capacity >= SLOT_LIMIT) throw new RangeError(`more than ${this.#capacity} events are pending`);
    const length = capacity + 2;
    this.#times = copyInto(new Float64Array(length).fill(Infinity), this.#times);
    this.#sequences = copyInto(new Float64Array(length), this.#sequences);
    this.#slots = copyInto(
      Int32Array.from({ length }, (_, position) => position),
      this.#slots,
    );
    this.#positions = copyInto(new Int32Array(length), this.#positions);
    this.#data = copyInto(new Float64Array(length * 4), this.#data);
    this.#capacity = capacity;
  }
}

function copyInto<A extends Float64Array | Int32Array>(target: A, source: A): A {
  target.set(source);
  return target;
}

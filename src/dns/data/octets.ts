/**
 * Reading and writing octets in network order, with domain names (RFC 1035 §3.1, §4.1.4).
 *
 * The writer never compresses names; the reader follows compression pointers, backwards only.
 */
import { labelOctets, labels, type Name, nameFromLabels } from './name.ts';
import { TextError } from './text-error.ts';

export class OctetReader {
  private readonly octets: Uint8Array;
  private readonly limit: number;
  private position: number;

  /** Whether names may be compressed: in messages, not in RDATA that stands alone. */
  private readonly pointers: boolean;

  /** Reads `octets` from `start` up to but not including `end`; compression pointers may reach before `start`. */
  constructor(octets: Uint8Array, start: number = 0, end: number = octets.length, pointers: boolean = true) {
    this.octets = octets;
    this.pointers = pointers;
    this.position = start;
    this.limit = end;
  }

  /** Octets not read yet. */
  remaining(): number {
    return this.limit - this.position;
  }

  /** Unsigned number of 1, 2 or 4 octets. @throws TextError `octets-short` */
  number(octetCount: 1 | 2 | 4): number {
    this.require(octetCount);
    let value = 0;
    for (let i = 0; i < octetCount; i++) value = value * 256 + this.octets[this.position++]!;
    return value;
  }

  /** The next `count` octets as an octet string. @throws TextError `octets-short` */
  take(count: number): string {
    this.require(count);
    let text = '';
    for (let i = 0; i < count; i++) text += String.fromCharCode(this.octets[this.position++]!);
    return text;
  }

  /** A length octet and as many octets. @throws TextError `octets-short` */
  characterString(): string {
    return this.take(this.number(1));
  }

  /** A domain name. @throws TextError `octets-short`, `bad-pointer`, and as `nameFromLabels` */
  name(): Name {
    const found: string[] = [];
    for (;;) {
      const length = this.number(1);
      if (length === 0) return nameFromLabels(found);
      if (length >= 0xc0 && this.pointers) return nameFromLabels([...found, ...this.pointedLabels(length)]);
      if (length > 63) throw new TextError('bad-label', `${length} is no length of a label`);
      found.push(this.take(length));
    }
  }

  /** Every step goes strictly backwards, so no chain of pointers can run for ever. */
  private pointedLabels(firstOctet: number): string[] {
    const pointer = this.position - 1;
    const target = (firstOctet - 0xc0) * 256 + this.number(1);
    if (target >= pointer) throw new TextError('bad-pointer', 'a compression pointer must point backwards');
    const reader = new OctetReader(this.octets, target, pointer);
    return labels(reader.name()).map(labelOctets);
  }

  private require(count: number): void {
    if (count <= this.remaining()) return;
    throw new TextError('octets-short', `${count} octets expected, ${this.remaining()} left`);
  }
}

export class OctetWriter {
  private readonly octets: number[] = [];

  /** Unsigned number in 1, 2 or 4 octets. */
  number(value: number, octetCount: 1 | 2 | 4): void {
    for (let shift = octetCount - 1; shift >= 0; shift--)
      this.octets.push(Math.floor(value / 256 ** shift) & 255);
  }

  /** An octet string as it is. */
  put(octetString: string): void {
    for (let i = 0; i < octetString.length; i++) this.octets.push(octetString.charCodeAt(i));
  }

  /** A length octet and the octets, of which there may be 255. */
  characterString(octetString: string): void {
    this.number(octetString.length, 1);
    this.put(octetString);
  }

  /** A name, never compressed. */
  name(name: Name): void {
    for (const label of labels(name)) this.characterString(labelOctets(label));
    this.number(0, 1);
  }

  /** Everything written so far. */
  finish(): Uint8Array {
    return Uint8Array.from(this.octets);
  }
}

/** Octets as an octet string (see octet-text.ts). */
export function octetString(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += String.fromCharCode(octet);
  return text;
}

/** An octet string as octets. */
export function octetArray(octets: string): Uint8Array {
  return Uint8Array.from(octets, (octet) => octet.charCodeAt(0));
}

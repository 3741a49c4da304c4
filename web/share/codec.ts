/**
 * A whole scenario in the fragment of a link: JSON, deflated (RFC 1951), in base64url (RFC 4648 §5), with a version.
 *
 * The fragment never leaves the browser. Links come from strangers: reading one gives a scenario or a sentence
 * that says what is wrong with it, never an exception, and never more text than a scenario may have.
 */
import type { ViewState } from './contract.ts';

/** What a link holds. */
export interface Shared {
  /** Place of the page the link opens, for example `compare`. */
  readonly view: string;
  /** Name of the scenario for messages. */
  readonly file: string;
  readonly text: string;
  /** Texts of files beside the scenario, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** `path=value`, in order. */
  readonly sets: readonly string[];
  /** Instead of what the scenario says. */
  readonly seed?: number;
  readonly state?: ViewState;
}

export type Decoded = { readonly shared: Shared } | { readonly problem: string };

const VERSION = '1';
/** Characters of everything in a link once inflated. */
const MOST_TEXT = 2_000_000;

/** The payload of a link: `1.` and letters, digits, `-` and `_`. */
export async function encodeShared(shared: Shared): Promise<string> {
  const octets = new TextEncoder().encode(JSON.stringify(shared));
  const deflated = await pump(octets, new CompressionStream('deflate-raw'));
  return `${VERSION}.${toBase64Url(deflated!)}`;
}

/** Reads a payload back. Never rejects. */
export async function decodeShared(payload: string): Promise<Decoded> {
  const [, version, data] = /^([0-9]{1,6})\.([A-Za-z0-9_-]*)$/.exec(payload.trim()) ?? [];
  if (version === undefined || data === undefined) return damaged('it holds characters no link has');
  if (version !== VERSION) return { problem: 'The link was made by a newer version of dnsdrill.' };
  try {
    const octets = await pump(fromBase64Url(data), new DecompressionStream('deflate-raw'), MOST_TEXT);
    if (!octets) return { problem: 'The link holds more text than a scenario may have.' };
    return readShared(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets)));
  } catch {
    return damaged('part of it is missing or changed');
  }
}

function damaged(how: string): Decoded {
  return { problem: `The link is damaged: ${how}. Was all of it copied?` };
}

/** @returns undefined when more than `limit` octets come out */
async function pump(
  octets: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
  limit = Number.POSITIVE_INFINITY,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const writer = through.writable.getWriter();
  // A failure comes out at the reading end; here it would be reported a second time.
  writer.write(octets).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = (through.readable as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > limit) {
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    chunks.push(next.value);
  }
  return joined(chunks, length);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function toBase64Url(octets: Uint8Array): string {
  let binary = '';
  for (const octet of octets) binary += String.fromCharCode(octet);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function readShared(raw: unknown): Decoded {
  const { view, file, text, files, sets, seed, state } = (isMap(raw) ? raw : {}) as Record<string, unknown>;
  const whole =
    typeof view === 'string' &&
    typeof file === 'string' &&
    typeof text === 'string' &&
    isMap(files) &&
    Object.values(files).every((content) => typeof content === 'string') &&
    Array.isArray(sets) &&
    sets.every((set) => typeof set === 'string') &&
    (seed === undefined || (Number.isSafeInteger(seed) && (seed as number) >= 0)) &&
    (state === undefined || (isMap(state) && Object.values(state).every(isPlain)));
  if (!whole) return damaged('it does not hold a scenario');
  return {
    shared: {
      view,
      file,
      text,
      files: files as Record<string, string>,
      sets: sets as string[],
      ...(seed === undefined ? {} : { seed: seed as number }),
      ...(state === undefined ? {} : { state: state as ViewState }),
    },
  };
}

function isMap(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

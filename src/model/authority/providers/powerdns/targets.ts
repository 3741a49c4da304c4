/** What health checks look at, and what a server believes of it. */
import { parseAddress } from '../../../../base/address.ts';
import { type Micros, SECOND } from '../../../../base/time.ts';
import type { CheckSpec } from '../../../spec.ts';
import { LuaError } from './lua/values.ts';

/** One target with its options: other options make another target, with a state of its own. */
export interface Target {
  /** Tells targets apart. */
  readonly key: string;
  /** What people call it: `192.0.2.1 port 443`. */
  readonly label: string;
  /** The address probed; undefined for a host name nobody can tell the address of. */
  readonly address: string | undefined;
  readonly kind: CheckSpec['kind'];
  readonly timeout: Micros;
  /** Undefined: as every sweep. */
  readonly interval: Micros | undefined;
  /** Failures in a row until it counts as down. */
  readonly failures: number;
  /** What the service is asked to answer with; anything but 200 is never met. */
  readonly httpCode: number;
  /** While it was never probed, the record fails. */
  readonly failsWhenUnknown: boolean;
}

/** What a server believes of a target. Unknown: not probed yet, or forgotten. */
export type Belief = 'up' | 'down' | 'unknown';

export type CheckOptions = ReadonlyMap<string, string>;

const TIMEOUT_SECONDS = 2;

/** A TCP connection (pdns/lua-record.cc, checkTCP). */
export function portTarget(address: string, port: number, options: CheckOptions): Target {
  return makeTarget(address, 'tcp', `${address} port ${port}`, `tcp ${address} ${port}`, options);
}

/** An HTTP request to this address, whatever the host of the URL (checkURL). */
export function urlTarget(address: string | undefined, url: string, options: CheckOptions): Target {
  const kind = /^https:/i.test(url) ? 'https' : 'http';
  const where = address ?? hostOf(url);
  const known = parseAddress(where);
  return makeTarget(
    known,
    kind,
    address === undefined ? url : `${url} at ${where}`,
    `${url} ${address}`,
    options,
  );
}

function hostOf(url: string): string {
  const found = /^[a-z]+:\/\/(?:\[([^\]]*)\]|([^/:?#]*))/i.exec(url);
  return found?.[1] ?? found?.[2] ?? '';
}

function makeTarget(
  address: string | undefined,
  kind: CheckSpec['kind'],
  label: string,
  key: string,
  options: CheckOptions,
): Target {
  const interval = whole(options, 'interval', 0);
  const written = [...options].map((pair) => pair.join('=')).sort((a, b) => (a < b ? -1 : Number(a > b)));
  return {
    key: [key, ...written].join(' '),
    label,
    address,
    kind,
    timeout: whole(options, 'timeout', TIMEOUT_SECONDS) * SECOND,
    interval: interval > 0 ? interval * SECOND : undefined,
    failures: Math.max(1, whole(options, 'minimumFailures', 1)),
    httpCode: whole(options, 'httpcode', 200),
    failsWhenUnknown: options.get('failOnIncompleteCheck') === 'true',
  };
}

/** As `atoi` reads: digits at the beginning, else 0. */
function whole(options: CheckOptions, name: string, fallback: number): number {
  const text = options.get(name);
  return text === undefined ? fallback : Number(/^\s*(\d+)/.exec(text)?.[1] ?? 0);
}

/** The canonical text of an address. @throws LuaError for anything else */
export function addressOf(text: string): string {
  const address = parseAddress(text);
  if (address !== undefined) return address;
  throw new LuaError(`Unable to convert presentation address '${text}'`);
}

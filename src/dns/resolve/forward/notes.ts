/** The words of a trace about forwarding. Nothing is built unless tracing is on. */
import type { Question } from '../../data/message.ts';
import { type Name, ROOT } from '../../data/name.ts';
import { typeToText } from '../../data/rrtype.ts';
import type { ResolverAction } from '../protocol.ts';

/** Where actions of the step under way go. */
export interface Outbox {
  readonly actions: ResolverAction[];
  readonly tracing: boolean;
  nextId: number;
}

/** How an upstream resolver is called: the name of its service (`@isp`), or its address. */
export function upstreamName(address: string): string {
  return address.startsWith('@') ? address.slice(1) : address;
}

export function noteForward(outbox: Outbox, address: string, { name, type }: Question, zone: Name): void {
  const rule = zone === ROOT ? '' : ` (it forwards ${zone} there)`;
  note(outbox, 'forward', () => `forwards ${name} ${typeToText(type)} to ${upstreamName(address)}${rule}`);
}

export function noteProbeFailed(outbox: Outbox, address: string, isDown: boolean): void {
  const verdict = isDown ? ': taken for down' : '';
  note(outbox, 'probe-failed', () => `${upstreamName(address)} did not answer a health probe${verdict}`);
}

export function noteProbeAnswered(outbox: Outbox, address: string): void {
  note(outbox, 'probe-answered', () => `${upstreamName(address)} answers health probes again`);
}

function note({ actions, tracing }: Outbox, code: string, text: () => string): void {
  if (tracing) actions.push({ kind: 'note', note: { code, text: text() } });
}

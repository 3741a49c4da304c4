/** The words of a trace about detours. Nothing is built unless tracing is on. */
import type { Question } from '../../data/message.ts';
import type { Name } from '../../data/name.ts';
import { typeToText } from '../../data/rrtype.ts';
import type { ResolverAction } from '../protocol.ts';

interface Teller {
  readonly actions: ResolverAction[];
  readonly tracing: boolean;
}

/** @param next the name tried in its place */
export function noteSearch(teller: Teller, name: Name, next: Name): void {
  tell(teller, 'autopath', () => `${name} does not exist; goes on along the search list with ${next}`);
}

/** @param kind what the policy's local data are */
export function notePolicy(teller: Teller, name: Name, kind: string): void {
  const what = kind === 'data' ? 'local data' : 'no such type in its local data';
  tell(teller, 'response-policy', () => `answers ${name} by its response policy: ${what}`);
}

/** @param zone the one that denies the name */
export function noteRedirect(teller: Teller, { name, type }: Question, zone: Name): void {
  const what = `${name} ${typeToText(type)}`;
  tell(teller, 'redirect', () => `the private zone ${zone} denies ${what}; asks the public DNS instead`);
}

/** An alias that is not followed. */
export function noteConfined(teller: Teller, owner: Name, target: Name): void {
  const why = 'the target of an alias in a private zone is not looked for in public';
  tell(teller, 'confined-alias', () => `${owner} is an alias of ${target}, and that is all: ${why}`);
}

function tell({ actions, tracing }: Teller, code: string, text: () => string): void {
  if (tracing) actions.push({ kind: 'note', note: { code, text: text() } });
}

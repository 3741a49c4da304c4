/** What all records would answer as things stand, and what they ask about health for it. */
import type { Name } from '../../../../dns/data/name.ts';
import { typeToText } from '../../../../dns/data/rrtype.ts';
import type { PolicyAnswer } from '../../provider.ts';
import { explore } from './chooser.ts';
import { someClient } from './client.ts';
import type { Setting } from './evaluation.ts';
import type { Runner } from './runner.ts';
import type { Belief, Target } from './targets.ts';
import type { ZoneBook } from './zone-book.ts';

export interface Findings {
  /** Targets asked for, by key. */
  readonly targets: ReadonlyMap<string, Target>;
  /** What each record chooses, in words, by what people call it (`app.example.com/A`). */
  readonly choices: ReadonlyMap<string, string>;
}

/** Ways through a record that are looked at here. */
const MOST_WAYS = 32;

/**
 * Runs every record for clients of every region, whatever chance may say.
 * @param isAsked whether the record of an owner is run at all
 */
export function reviewRecords(
  book: ZoneBook,
  runner: Runner,
  setting: Setting,
  belief: (target: Target) => Belief,
  isAsked: (owner: Name) => boolean,
): Findings {
  const targets = new Map<string, Target>();
  const ask = (target: Target): Belief => {
    targets.set(target.key, target);
    return belief(target);
  };
  const choices = new Map<string, string>();
  for (const { owner, name, type } of book.programs()) {
    if (!isAsked(name)) continue;
    const answers = setting.spec.network.regions.flatMap((_, region) => {
      const client = someClient(setting.spec, region);
      return explore(
        (chooser) => runner.answer(owner, type, { qname: name, client, chooser, belief: ask }),
        MOST_WAYS,
      );
    });
    const words = [...new Set(answers)].map((answer) => wordsFor(answer, setting));
    choices.set(`${name.slice(0, -1)}/${typeToText(type)}`, words.join(' or '));
  }
  return { targets, choices };
}

/** `us-east`, `us-east and eu-west`, `no data`, `SERVFAIL (LUA A of ...)`. */
export function wordsFor(answer: PolicyAnswer, { spec, endpoints }: Setting): string {
  if (typeof answer === 'string') return 'no data';
  if ('rcode' in answer) return `${answer.rcode} (${answer.why})`;
  if ('alias' in answer) return answer.alias;
  return answer.rdata
    .map(({ text }) => {
      const endpoint = endpoints.get(text);
      return endpoint === undefined ? text : spec.endpoints[endpoint]!.name;
    })
    .join(' and ');
}

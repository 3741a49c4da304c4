/** What the answers that a request has so far amount to. */
import { AAAA } from '../../dns/data/rrtype.ts';
import type { AnswerId, AnswerTable } from './answer-table.ts';
import type { Request } from './request.ts';

/** The parts whose answers hold data. */
export function partsWithData({ answers }: Request, table: AnswerTable): number[] {
  return answers.flatMap((answer, part) => (answer !== 0 && table.get(answer).kind === 'data' ? [part] : []));
}

/** Whether one of the parts asks for IPv6 addresses. */
export function hasSix(request: Request, parts: readonly number[], table: AnswerTable): boolean {
  return parts.some((part) => table.questions[request.tableQuestion(part)]!.type === AAAA);
}

/** Whether the application asks again behind a failure or a "no" that it repeats. */
export function isDoubted({ cohort }: Request, answer: AnswerId, table: AnswerTable): boolean {
  const { refreshFailures } = cohort.population.spec.application;
  return refreshFailures === true && table.get(answer).kind !== 'data';
}

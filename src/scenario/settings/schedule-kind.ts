/** The notation of schedules: which resolver of the list a stub asks when. */
import { type Micros, parseDuration } from '../../base/time.ts';
import type { StubSchedule, StubSend } from '../../profiles/client-behaviour.ts';
import { SCHEDULE_FORMULAS } from '../../profiles/stubs/formulas.ts';
import { durationKind, type Kind, Problem, quote } from '../kinds.ts';

/**
 * `1 at 0s, 2 at 5s, next at 8s, all at 12s, give up at 20s`: which resolver of the list is asked when, where
 * `next` is the one after the last asked. Or a formula, `glibc, timeout 2s, attempts 3`.
 * @param resolvers how many there are to be named
 */
export function scheduleKind(resolvers: number): Kind<StubSchedule> {
  return {
    noun: 'a schedule',
    json: { type: 'string' },
    read(raw) {
      const steps = typeof raw === 'string' ? raw.split(',').map((step) => step.trim()) : [];
      const formula = ofFormula(steps, resolvers);
      if (formula !== undefined) return formula;
      const giveUp = timeOf(steps.pop() ?? '', /^give up at (.+)$/);
      const sends = steps.flatMap((step) => sendOf(step) ?? []);
      if (giveUp === undefined || sends.length === 0 || sends.length < steps.length)
        return wrongSchedule(raw);
      return faultOf(sends, giveUp, resolvers) ?? { sends, giveUp };
    },
    show: showSchedule,
  };
}

/** The schedule of a formula; `undefined` when the steps are none. */
function ofFormula(steps: readonly string[], resolvers: number): StubSchedule | undefined {
  const [name, timeoutText = '', attemptsText = ''] = steps;
  const timeout = timeOf(timeoutText, /^timeout (.+)$/);
  const attempts = /^attempts ([1-9]\d?)$/.exec(attemptsText)?.[1];
  if (!isFormula(name) || steps.length !== 3 || !timeout || attempts === undefined) return undefined;
  return SCHEDULE_FORMULAS[name](resolvers, timeout, Number(attempts));
}

function isFormula(name: string | undefined): name is keyof typeof SCHEDULE_FORMULAS {
  return name !== undefined && Object.hasOwn(SCHEDULE_FORMULAS, name);
}

function showSchedule({ sends, giveUp }: StubSchedule): string {
  const { show } = durationKind();
  const steps = sends.map(({ at, resolver }) => {
    const who = typeof resolver === 'string' ? resolver : resolver + 1;
    return `${who} at ${show(at)}`;
  });
  return `${steps.join(', ')}, give up at ${show(giveUp)}`;
}

function faultOf(sends: readonly StubSend[], giveUp: Micros, resolvers: number): Problem | undefined {
  const times = [...sends.map(({ at }) => at), giveUp];
  if (times.some((at, index) => index > 0 && at < times[index - 1]!) || giveUp === 0) {
    return new Problem('scenario-bad-schedule', 'the times of a schedule must not go back');
  }
  const highest = Math.max(...sends.map(({ resolver }) => (typeof resolver === 'string' ? 0 : resolver + 1)));
  if (highest <= resolvers) return undefined;
  const message = `the schedule asks resolver ${highest}, but there ${resolvers === 1 ? 'is' : 'are'} ${resolvers}`;
  return new Problem('scenario-bad-schedule', message, 'use numbers up to that, next, or all');
}

function wrongSchedule(raw: unknown): Problem {
  const hint =
    "write for example '1 at 0s, 2 at 5s, all at 8s, give up at 10s', or 'glibc, timeout 2s, attempts 3'";
  return new Problem('scenario-bad-schedule', `${quote(raw)} is not a schedule`, hint);
}

function sendOf(step: string): StubSend | undefined {
  const who = /^(all|next|[1-9]\d?) at /.exec(step)?.[1];
  const at = timeOf(step, /^\S+ at (.+)$/);
  if (who === undefined || at === undefined) return undefined;
  return { at, resolver: who === 'all' || who === 'next' ? who : Number(who) - 1 };
}

function timeOf(step: string, pattern: RegExp): Micros | undefined {
  const text = pattern.exec(step)?.[1];
  return text === undefined ? undefined : parseDuration(text);
}

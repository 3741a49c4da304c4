/** One request told step by step. */
import { type Micros, SECOND } from '../base/time.ts';
import type { TraceStep } from '../model/clients/observation.ts';
import { toAscii } from './ascii.ts';
import { clean, finish, padEnd, padStart, width, wrap } from './layout.ts';
import { formatSeconds, NO_BREAK } from './numbers.ts';
import { PLAIN } from './style.ts';
import type { TextOptions } from './text.ts';

/** Time since the request, place and reason of each step, ending in a newline. */
export function renderTrace(title: string, steps: readonly TraceStep[], options: TextOptions = {}): string {
  const style = options.style ?? PLAIN;
  const start = steps[0]?.at ?? 0;
  const times = steps.map((step) => sinceStart(step.at - start));
  const timeRoom = Math.max(0, ...times.map(width));
  const whereRoom = Math.min(26, Math.max(0, ...steps.map((step) => width(clean(step.where)))));
  const lines = steps.flatMap((step, index) => {
    const lead = `  ${padStart(times[index]!, timeRoom)}  ${padEnd(clean(step.where), whereRoom)}  `;
    const indent = ' '.repeat(4 + timeRoom + whereRoom + 2);
    return wrap(clean(step.text), indent, width(lead) > indent.length ? `${lead.trimEnd()}: ` : lead);
  });
  const body = lines.length > 0 ? lines : ['  Nothing happened.'];
  const text = finish([style.title(clean(title)), '', ...body]);
  return options.unicode === false ? toAscii(text) : text;
}

function sinceStart(micros: Micros): string {
  return `+${NO_BREAK}${formatSeconds(micros / SECOND)}`;
}

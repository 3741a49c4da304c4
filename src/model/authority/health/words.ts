/** By which rule a check has come to its verdict, in words for reports: who had to agree, and after how long. */
import { describeDuration } from '../../../base/time.ts';
import type { CheckSpec, WorldSpec } from '../../spec.ts';

/** `13 of 15 checkers agree, after 3 failures in a row each, every 30 s with 4 s to answer`. @param signal see signals.ts */
export function ruleOf({ checks = [], endpoints }: WorldSpec, signal: number, healthy: boolean): string {
  const named = checks[signal]?.check;
  if (named?.kind === 'calculated')
    return `of ${count(named.of.length, 'check')} ${named.needed} ${named.needed === 1 ? 'has' : 'have'} to be healthy`;
  if (named?.kind === 'metric')
    return `${count(named.points, 'data point')}${named.points > 1 ? ' in a row' : ''}, ${describeDuration(named.period)} each`;
  const check = named?.probe ?? endpoints[signal - checks.length]!.check!;
  // An inverted check says healthy because its checkers found the opposite.
  return probeRule(check, healthy !== (check.inverted ?? false));
}

function probeRule(check: CheckSpec, found: boolean): string {
  const { interval, timeout, intervalFrom, aggregation = 0 } = check;
  const from = intervalFrom === 'response' ? ' after the last answer' : '';
  const every = `every ${describeDuration(interval)}${from} with ${describeDuration(timeout)} to answer`;
  const verdict = aggregation > 0 ? `, and ${describeDuration(aggregation)} until the verdict` : '';
  return `${agreement(check, found)}, after ${results(check, found)}, ${every}${verdict}`;
}

function agreement({ regions, quorum, regionQuorum }: CheckSpec, found: boolean): string {
  const places = new Set(regions).size;
  const all = regionQuorum === undefined ? regions.length : places;
  const needed = found ? all - quorum + 1 : quorum;
  if (all === 1) return 'one checker';
  if (regionQuorum === undefined) return `${needed} of ${all} checkers agree`;
  const inside = regions.length / places;
  const most = found ? inside - regionQuorum + 1 : regionQuorum;
  return `${needed} of ${all} regions agree, each by ${most} of its ${inside} checkers`;
}

function results({ failures, successes, recheck, regions }: CheckSpec, found: boolean): string {
  const each = regions.length > 1 ? ' in a row each' : ' in a row';
  if (found) return `${count(successes, 'success', 'successes')}${successes > 1 ? each : ''}`;
  const again =
    recheck && recheck.times > 0 ? `, repeated ${times(recheck.times)} ${pause(recheck.after)}` : '';
  return `${count(failures, 'failure')}${failures > 1 ? each : ''}${again}`;
}

function pause(after: number): string {
  return after > 0 ? `after ${describeDuration(after)}` : 'at once';
}

function times(number: number): string {
  return number === 1 ? 'once' : `${number} times`;
}

function count(number: number, one: string, several: string = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

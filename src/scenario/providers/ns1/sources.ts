/** What NS1's rules and defaults come from, as `explain` names it. */
import { MINUTE, SECOND } from '../../../base/time.ts';
import type { Disputes } from '../../../model/authority/providers/ns1/rule.ts';
import { type Cited, cited } from '../../../profiles/cited.ts';

export const CLIENT = 'ns1-go';
export const DOCUMENTS = 'IBM NS1 Connect documentation';

export const FEED_DELAY: Cited<number> = cited(
  5 * SECOND,
  'assumption',
  'NS1 speaks of seconds ("real time"); not published',
);
export const EMPTY: Cited<Disputes['empty']> = cited(
  'nodata',
  'assumption',
  `the chain is a pipe, and an empty list is an answer without data; but ${DOCUMENTS}, filters overview, says of fencing filters that at least one answer is always returned (write first)`,
);
export const MISSING_UP: Cited<Disputes['missingUp']> = cited(
  'keep',
  'assumption',
  `answers are removed when down (${DOCUMENTS}, health check filters); but ${CLIENT} filter.go: all that are not up (write remove)`,
);
export const POLICY: Cited<'quorum' | 'all' | 'one'> = cited(
  'quorum',
  'assumption',
  `${CLIENT} monitor/job.go lists quorum, all and one; none is named the default`,
);

const JOB = `${CLIENT} monitor/job.go`;

/** How monitors work when a job says nothing else. */
export const FREQUENCY: Cited<number> = cited(
  MINUTE,
  'assumption',
  `${JOB}: set for each job; 60 s is typical`,
);
export const TIMEOUT: Cited<number> = cited(2 * SECOND, 'assumption', 'set for each job; 2 s is typical');
export const ONCE: Cited<number> = cited(1, 'source', `${JOB}: the status turns with the result`);
export const RECHECK: Cited<{ readonly times: number; readonly after: number }> = cited(
  { times: 1, after: SECOND },
  'source',
  `${JOB} rapid_recheck: repeated after 1 s`,
);
export const SCHEDULE: Cited<'schedule' | 'response'> = cited(
  'schedule',
  'assumption',
  'a job runs every so many seconds',
);

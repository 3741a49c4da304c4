/** `requests:` to a workload. */
import type { DiurnalSpec, WorkloadSpec } from '../../model/spec.ts';
import { DEFAULTS } from '../defaults.ts';
import type { Path } from '../document/tree.ts';
import type { Ledger } from '../effective.ts';
import { durationKind, numberKind, shareKind, wordKind } from '../kinds.ts';
import type { DiurnalDoc, RequestsDoc } from '../schema/clients.ts';

const { clients: defaults } = DEFAULTS;
const DURATION = durationKind();

export function buildWorkload(ledger: Ledger, doc: RequestsDoc, path: Path): WorkloadSpec {
  const every = ledger.settle([...path, 'every'], doc.every, DURATION, defaults.every);
  const patterns = wordKind(['poisson', 'periodic', 'sessions']);
  const kind = ledger.settle([...path, 'pattern'], doc.pattern, patterns, defaults.pattern);
  if (kind === 'periodic') return { kind, every };
  const diurnal = doc.diurnal && { diurnal: buildDiurnal(ledger, doc.diurnal, [...path, 'diurnal']) };
  if (kind === 'poisson') return { kind, every, ...diurnal };
  return {
    kind,
    every,
    requests: ledger.settle([...path, 'requests'], doc.requests, numberKind(1), defaults.sessionRequests),
    pause: ledger.settle([...path, 'pause'], doc.pause, DURATION, defaults.sessionPause),
    ...diurnal,
  };
}

function buildDiurnal(ledger: Ledger, doc: DiurnalDoc, path: Path): DiurnalSpec {
  return {
    amplitude: ledger.settle([...path, 'amplitude'], doc.amplitude, shareKind, defaults.amplitude),
    peak: ledger.settle([...path, 'peak'], doc.peak, DURATION, defaults.peak),
  };
}

/** All rows, by section of the measurement. A section is a file of `rows/`. */
import type { Row } from './contract.ts';
import { CHAIN_ROWS } from './rows/chains.ts';
import { FORWARDER_ROWS } from './rows/forwarder.ts';
import { LOSS_ROWS } from './rows/loss.ts';
import { NEGATIVE_ROWS } from './rows/negative.ts';
import { SELECTION_ROWS } from './rows/selection.ts';
import { SILENCE_ROWS } from './rows/silence.ts';
import { STALE_ROWS } from './rows/stale.ts';
import { TROUBLE_ROWS } from './rows/trouble.ts';
import { TTL_ROWS } from './rows/ttl.ts';

export const ROWS: readonly Row[] = [
  ...TTL_ROWS,
  ...NEGATIVE_ROWS,
  ...CHAIN_ROWS,
  ...STALE_ROWS,
  ...SELECTION_ROWS,
  ...SILENCE_ROWS,
  ...TROUBLE_ROWS,
  ...LOSS_ROWS,
  ...FORWARDER_ROWS,
];

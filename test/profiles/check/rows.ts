/** All rows, by section of the measurement. A section is a file of `rows/`. */
import type { Row } from './contract.ts';
import { SELECTION_ROWS } from './rows/selection.ts';

export const ROWS: readonly Row[] = [...SELECTION_ROWS];

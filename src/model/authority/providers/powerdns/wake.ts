/** Kinds of wake-up the planes of PowerDNS ask for, beside those of managed planes. */
export const SWEEP = 10;
export const RESULT = 11;
export const OUTAGE = 12;
export const READING = 13;

/**
 * The expected recovery curve of the reference model, from the model alone: each resolver's cache cycle in the
 * mean, clients in expectation.
 *
 * Resolver r first expires at `TTL · frac(r + ½)φ`. After an expiry the next of its n clients asks after
 * `60 s / n` on average; the fetch takes two one-way delays, plus a time-out for every packet lost on the way.
 * Answers fetched before the switch name the dead endpoint, so its clients fail from 1200 s to that expiry.
 */
const MEAN = 60;
const TTL = 300;
const ONE_WAY = 0.02;
const TIMEOUT = 0.4;
const LOSS = 0.01;
const DIES_AT = 1200;
const GOLDEN = 0.6180339887498949;

/** @returns {{ failedPerClient: number, share: number[] }} share of failing requests in bins from 1200 s on. */
export function expectedRecovery(clients, resolvers, switchesAt, binSeconds, bins) {
  const gap = MEAN / (clients / resolvers);
  const lost = 1 - (1 - LOSS) ** 2;
  const fetch = 2 * ONE_WAY + (TIMEOUT * lost) / (1 - lost);
  const end = DIES_AT + bins * binSeconds;
  const share = new Array(bins).fill(0);
  let deadSeconds = 0;
  for (let resolver = 0; resolver < resolvers; resolver++) {
    let filledAt = 0;
    let expiresAt = TTL * (((resolver + 0.5) * GOLDEN) % 1);
    let old = true;
    while (old && filledAt < end) {
      const from = Math.max(filledAt, DIES_AT);
      const to = Math.min(expiresAt, end);
      deadSeconds += Math.max(0, to - from);
      addOverlap(share, from - DIES_AT, to - DIES_AT, binSeconds, resolvers);
      old = expiresAt + gap + ONE_WAY < switchesAt;
      filledAt = expiresAt + gap + fetch;
      expiresAt = filledAt + TTL;
    }
  }
  return { failedPerClient: deadSeconds / resolvers / MEAN, share };
}

function addOverlap(share, from, to, binSeconds, resolvers) {
  for (let bin = Math.max(0, Math.floor(from / binSeconds)); bin * binSeconds < to; bin++) {
    if (bin >= share.length) return;
    const overlap = Math.min(to, (bin + 1) * binSeconds) - Math.max(from, bin * binSeconds);
    if (overlap > 0) share[bin] += overlap / binSeconds / resolvers;
  }
}

/**
 * Addresses for what the scenario gives none: 10.0.0.0/8 (RFC 1918) and fd00::/8 (RFC 4193), so that they never
 * look like somebody's. Every address handed out is different from every address written.
 */
export class AddressPool {
  readonly #taken: Set<string>;
  #next = 1;

  /** @param taken every address the scenario mentions */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** One IPv4 address, and one IPv6 address beside it if wanted. */
  take(ipv6: boolean): string[] {
    for (;;) {
      const number = this.#next++;
      const four = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
      const six = `fd00::${number.toString(16)}`;
      if (this.#taken.has(four) || this.#taken.has(six)) continue;
      return ipv6 ? [four, six] : [four];
    }
  }
}

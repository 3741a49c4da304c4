/**
 * Presets of operating systems: the stub resolver's retransmissions and the host's cache.
 *
 * A schedule is text such as `1 at 0s, 2 at 5s, all at 8s, give up at 10s`: which configured resolver is asked
 * when; or a formula, `glibc, timeout 5s, attempts 2`. Not modelled: DNS over TLS, several networks at once.
 */
import type { PresetFamily } from './preset.ts';
import { ANDROID } from './stubs/android.ts';
import { IOS, MACOS } from './stubs/apple.ts';
import { GLIBC, LINUX, NSCD } from './stubs/glibc.ts';
import { MUSL } from './stubs/musl.ts';
import { NONE } from './stubs/none.ts';
import { SYSTEMD_RESOLVED } from './stubs/systemd-resolved.ts';
import { WINDOWS } from './stubs/windows.ts';

/** Every operating system preset; `none` completes the others, `linux` is the default of scenarios. */
export const STUBS: PresetFamily = {
  base: NONE,
  presets: [NONE, LINUX, GLIBC, NSCD, MUSL, SYSTEMD_RESOLVED, WINDOWS, MACOS, IOS, ANDROID],
};

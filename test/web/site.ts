/** Serves the built page on the loopback address. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** A slow line to the site, shared by all requests; what travels is compressed, as hosts of static files do. */
export interface Line {
  readonly latencyMilliseconds: number;
  readonly bitsPerSecond: number;
}

/** Serves files below a folder under a path of their own, as a project page would be. */
export async function serve(folder: string, line?: Line): Promise<Site> {
  const passes = line && lineOf(line);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = normalize(pathname.replace(/^\/dnsdrill\//, '').replace(/^$/, 'index.html'));
    const content = path.startsWith('..')
      ? undefined
      : await readFile(join(folder, path)).catch(() => undefined);
    // Files with a hash in their name never change, and hosts say so.
    const keep = path.startsWith('assets/') ? { 'cache-control': 'max-age=31536000, immutable' } : {};
    const headers = { 'content-type': TYPES[extname(path)] ?? 'text/plain', ...keep };
    if (passes && content) {
      const packed = gzipSync(content);
      await passes(packed.length);
      response.writeHead(200, { ...headers, 'content-encoding': 'gzip' });
      response.end(packed);
      return;
    }
    response.writeHead(content ? 200 : 404, headers);
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/dnsdrill/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Resolves when that many bytes have come through: half a round trip each way, then their turn on the line. */
function lineOf({ latencyMilliseconds, bitsPerSecond }: Line): (bytes: number) => Promise<void> {
  let free = 0;
  return (bytes) => {
    const asked = performance.now() + latencyMilliseconds;
    free = Math.max(free, asked) + (bytes * 8 * 1000) / bitsPerSecond;
    return new Promise((resolve) => setTimeout(resolve, free - performance.now()));
  };
}

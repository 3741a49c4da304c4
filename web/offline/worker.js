/*
 * Keeps one whole build of the page, so that it works offline after the first load. The page itself is asked for
 * first, so that a new build is seen at once; everything else has a hash in its name and comes from what is kept.
 * A newer worker waits until no window uses the old build any more, as those windows may still need parts of it.
 */
const FILES = ['%FILES%'];
const PREFIX = `dnsdrill ${self.registration.scope} `;
/** Another list of files is another build. */
const CACHE = PREFIX + FILES.join(' ');
const SCOPE = self.registration.scope;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

async function dropOthers() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(SCOPE)) return;
  event.respondWith(request.mode === 'navigate' ? fresh(request) : kept(request));
});

async function fresh(request) {
  return fetch(request).catch(() => match('./'));
}

async function kept(request) {
  return (await match(request)) ?? fetch(request);
}

async function match(request) {
  return (await caches.open(CACHE)).match(request);
}

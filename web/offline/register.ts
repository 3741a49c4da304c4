/** Makes the page work offline after the first load, where the browser and the address allow it. */

/** Only for the built page: while it is being developed nothing is kept. */
export function registerOffline(): void {
  if (!import.meta.env.PROD || !isSecureContext || !('serviceWorker' in navigator)) return;
  // Without it the page works as well, as long as there is a connection.
  const register = (): Promise<unknown> =>
    navigator.serviceWorker.register('./offline.js').catch(() => undefined);
  if (document.readyState === 'complete') void register();
  else addEventListener('load', () => void register(), { once: true });
}

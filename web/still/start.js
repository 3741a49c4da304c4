/*
 * Starts the page once its picture has been seen: the scripts would keep the picture from being painted. What the
 * address does not show a picture of, and what nobody looks at, starts at once.
 */
(() => {
  let started = false;
  const start = () => {
    if (started) return;
    started = true;
    void import('%PAGE%');
  };
  if (document.hidden || 'elsewhere' in document.documentElement.dataset) return start();
  requestAnimationFrame(() => setTimeout(start));
  setTimeout(start, 500);
})();

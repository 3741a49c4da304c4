/*
 * Runs before anything is shown: the theme and the size that were chosen, and whether the address leads to what the markup shows.
 * Its hash stands in the page's policy.
 */
(() => {
  const root = document.documentElement;
  try {
    const [theme, size] = ['theme', 'size'].map((name) => localStorage.getItem(`dnsdrill-${name}`));
    if (theme && theme !== 'system') root.dataset.theme = theme;
    if (size && size !== 'usual') root.dataset.size = size;
  } catch {
    // Storage is forbidden: as the system has it.
  }
  if (!/^(#\/?(play)?(\?drill=failover-ttl\.yaml)?)?$/.test(location.hash)) root.dataset.elsewhere = '';
})();

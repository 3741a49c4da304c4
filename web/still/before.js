/*
 * Runs before anything is shown: the theme that was chosen, and whether the address leads to what the markup shows.
 * Its hash stands in the page's policy.
 */
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('dnsdrill-theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch {
    // Storage is forbidden: as the system has it.
  }
  if (!/^(#\/?(play)?(\?drill=failover-ttl\.yaml)?)?$/.test(location.hash)) root.dataset.elsewhere = '';
})();

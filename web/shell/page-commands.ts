/** The commands of the page itself: its places, its windows, theme and size, the seed. */
import type { Source } from '../share/contract.ts';
import type { Command } from './commands.ts';
import { PLACES } from './places.ts';
import type { View } from './route.ts';
import type { Windows } from './windows.ts';

/** What the page can do. */
export interface PageDeeds {
  go(view: View): void;
  windows(): Windows;
  /** Opens the window with a link to the view as it is. */
  share(): void;
  /** Undefined until the scenario an address asks for has come. */
  source(): Source | undefined;
  nextTheme(): void;
  nextSize(): void;
  /** Draws another seed. */
  roll(): void;
  /** Locks or unlocks the seed. */
  lock(): void;
  isLocked(): boolean;
}

export function pageCommands(page: PageDeeds): readonly Command[] {
  const about = (show: (windows: Windows, source: Source) => Promise<void>): void => {
    const source = page.source();
    if (source) void show(page.windows(), source);
  };
  return [
    ...PLACES.map(({ view, title }) => ({
      id: `${view}.open`,
      title: `Go to ${title}`,
      run: () => page.go(view),
    })),
    { id: 'page.palette', title: 'Show all commands', run: () => void page.windows().palette() },
    { id: 'page.help', title: 'Help and keys', keys: ['?'], run: () => void page.windows().help() },
    {
      id: 'page.about',
      title: 'About this drill',
      run: () => about((windows, source) => windows.about(source)),
    },
    { id: 'page.theme', title: 'Next theme: as the system, light, dark', run: () => page.nextTheme() },
    {
      id: 'page.size',
      title: 'Next size: as usual, large, for a projector',
      keys: ['z'],
      run: () => page.nextSize(),
    },
    {
      id: 'seed.next',
      title: 'Draw another seed',
      run: () => page.roll(),
      available: () => !page.isLocked(),
    },
    { id: 'seed.lock', title: 'Lock or unlock the seed', run: () => page.lock() },
    { id: 'share.open', title: 'Share this view as a link', run: () => page.share() },
    {
      id: 'export.open',
      title: 'Export files',
      run: () => about((windows, source) => windows.exports(source)),
    },
  ];
}

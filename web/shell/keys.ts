/** Keys: Control K everywhere; single keys only inside a focused simulation region, and only while they are on. */
import { type Commands, keyOf } from './commands.ts';
import { readKeysOn } from './preferences.ts';

/** Control K (Command K) opens the palette. @returns stops listening */
export function hearPalette(commands: Commands): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    commands.run('page.palette');
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

/** Keys that belong to the control that has the focus. */
const TYPES_TEXT = 'input:not([type=checkbox]), textarea, select';
const PRESSES = 'button, a, summary, input, select, textarea, [role=button]';

/** Runs the command of a key pressed in a simulation region. */
export function onRegionKey(event: KeyboardEvent, commands: Commands): void {
  const key = keyOf(event);
  if (event.defaultPrevented || key === undefined || !readKeysOn()) return;
  const target = event.composedPath()[0];
  if (!(target instanceof Element) || target.matches(TYPES_TEXT)) return;
  if ((key === 'Space' || key === 'Enter') && target.matches(PRESSES)) return;
  const command = commands.byKey(key);
  if (!command) return;
  event.preventDefault();
  command.run();
}

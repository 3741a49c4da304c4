/** Everything Play can do, by name and key. */
import type { Command } from '../shell/commands.ts';
import type { PlayDesk } from './desk.ts';
import type { FileKind } from './save.ts';
import { nextSpeed } from './speeds.ts';

/** What the element does itself. */
export interface ElementActions {
  readonly tables: () => void;
  /** Leads to the knob the page turns on. */
  readonly knob: () => void;
  readonly save: (kind: FileKind) => void;
}

type Entry = readonly [id: string, title: string, keys: readonly string[], run: () => void];

const FILES: readonly (readonly [FileKind, string])[] = [
  ['recovery', 'Curve of recovery (SVG)'],
  ['timeline', 'Timeline (SVG)'],
  ['topology', 'Topology (SVG)'],
  ['table', 'Times to recovery (CSV)'],
  ['numbers', 'All numbers of this run (JSON)'],
];

/** Strategies that have a key of their own. */
const PRESETS = 8;

export function playCommands(
  desk: PlayDesk,
  active: () => boolean,
  { tables, knob, save }: ElementActions,
): readonly Command[] {
  const { controller } = desk;
  const ready = (): boolean => active() && controller.description !== undefined;
  const speed = (direction: 1 | -1) => (): void =>
    controller.setSpeed(nextSpeed(controller.speed, direction));
  const entries: readonly Entry[] = [
    ['toggle', 'Play or pause', ['Space'], () => desk.toggle()],
    ['step', 'Step to the next change of a cache', ['ArrowRight'], () => desk.step(1)],
    ['back', 'Back to before the last change of a cache', ['ArrowLeft'], () => desk.step(-1)],
    ['forward', 'Ten seconds on', ['Shift+ArrowRight'], () => desk.skip(10)],
    ['backward', 'Ten seconds back', ['Shift+ArrowLeft'], () => desk.skip(-10)],
    ['next', 'To the next state change', ['n'], () => desk.nextMark(1)],
    ['previous', 'To the previous state change', ['p'], () => desk.nextMark(-1)],
    ['rewind', 'Rewind to before it happens', ['r'], () => desk.rewind()],
    ['faster', 'Faster', ['+', '='], speed(1)],
    ['slower', 'Slower', ['-'], speed(-1)],
    ['window', 'Whole run, or the time around what happens', ['w'], () => desk.toggleWindow()],
    ['tables', 'Show or hide all tables', ['t'], tables],
    ['knob', 'To the knob that matters most', ['k'], knob],
    ['why', 'Ask a cache that leads astray why', ['y'], () => desk.asker.ask(desk)],
    ['bet', 'Guess the 99 % time', ['b'], () => desk.onBet({ act: 'open', guess: 0 })],
    ['ghost', 'Forget the curve before the last change', ['g'], () => controller.forgetGhost()],
    ['as-written', 'All knobs as written', [], () => desk.asWritten()],
  ];
  return [
    ...entries.map(([id, title, keys, run]): Command => {
      const command = { id: `play.${id}`, title, run, available: ready };
      return keys.length === 0 ? command : { ...command, keys };
    }),
    ...Array.from({ length: PRESETS }, (_, index) => presetCommand(desk, index, ready)),
    ...FILES.map(([kind, title]): Command => {
      const available = (): boolean => ready() && controller.outcome !== undefined;
      return { id: `export.${kind}`, title, run: () => save(kind), available };
    }),
  ];
}

function presetCommand(desk: PlayDesk, index: number, ready: () => boolean): Command {
  return {
    id: `play.preset-${index + 1}`,
    get title(): string {
      return `Preset ${index + 1}: ${desk.controller.description?.strategies[index] ?? 'none'}`;
    },
    group: 'Presets of the scenario',
    keys: [String(index + 1)],
    run: () => desk.preset(index),
    available: () => ready() && index < (desk.controller.description?.strategies.length ?? 0),
  };
}

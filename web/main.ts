/** The page: registers its elements. Play is at hand at once, the other places come when they are opened. */
import './still/clear.ts';
import { registerOffline } from './offline/register.ts';
import './play/play.ts';
import './shell/shell.ts';

registerOffline();

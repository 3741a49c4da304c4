/** The page: registers its elements. */
import './elements/app.ts';

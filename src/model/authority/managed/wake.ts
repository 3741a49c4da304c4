/** Kinds of wake-up the planes of a managed provider ask for. */
export const ACCEPT = 0;
export const PUBLISH = 1;
export const UPDATE_HEALTH = 2;

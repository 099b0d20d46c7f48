/** Docks of racks, and the rails and lifts that serve them, share one grid: distance of docks [m]. */
export const DOCK_PITCH = 0.65;
/** Distance of levels [m]. */
export const LEVEL_PITCH = 1.15;
/** Largest rack. */
export const MOST_COLUMNS = 26;
export const MOST_LEVELS = 4;

/** A larger Python file is reported and not read: the largest module of CPython's own library has less than 1 MB. */
export const MAX_SOURCE_BYTES = 4 * 1024 * 1024;

/** A larger data file (YAML, JSON, SQL, ...) is treated as not there: it would be slower to read than to deploy. */
export const MAX_DATA_BYTES = 32 * 1024 * 1024;

/** Deeper folders are not walked: file systems end near here, and a deeper tree is a mistake or an attack. */
export const MAX_FOLDER_DEPTH = 100;

/** Time for the patterns of one ignore file that could backtrack without end on one path. */
export const MAX_PATTERN_MILLISECONDS = 250;

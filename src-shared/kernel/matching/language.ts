/** In which language names are compared: a setting of the workspace, an option of the command line. */
export const MATCHINGS = ['zh', 'en'] as const
export type Matching = (typeof MATCHINGS)[number]

/**
 * The page's policy forbids eval. zod would try it once when it is loaded and be refused, which is a line in the console;
 * it reads this setting from a global, so it can be made before zod itself arrives in a later chunk.
 */
const settings = globalThis as { __zod_globalConfig?: { jitless?: boolean } }
settings.__zod_globalConfig = { ...settings.__zod_globalConfig, jitless: true }
export {}

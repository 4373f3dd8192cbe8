/** The names under which a page may hand over a port: one speaks oRPC with the backend, one asks the shell for a dialog. */
export const BACKEND_PORT = 'kezhan:port'
export const SHELL_PORT = 'kezhan:shell'
export const PORT_CHANNELS: readonly string[] = [BACKEND_PORT, SHELL_PORT]

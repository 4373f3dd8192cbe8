import { homedir } from 'node:os'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Where a person's data lies when nobody said otherwise: the same folder for the window and for the headless host. */
export function defaultDataFolder(env: Environment = process.env, platform: string = process.platform, home = homedir()): string {
  if (env['KEZHAN_DATA']) return env['KEZHAN_DATA']
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'kezhan')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'kezhan')
  return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'kezhan')
}

/** Started and killed by the test of kills during backup and restore. */
import { createBackup } from '../../src-main/kernel/backup.ts'
import { restore } from '../../src-main/kernel/restore.ts'

const [what, folder = '', backup = '', newestSchema = '1'] = process.argv.slice(2)
const at = new Date().toISOString()
process.stdout.write('ready\n')
if (what === 'backup') await createBackup(folder, { reason: 'daily', at, program: 'kill test' })
else await restore(folder, { backup, at, program: 'kill test', newestSchema: Number(newestSchema) })
process.stdout.write('done\n')

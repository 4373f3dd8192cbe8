/** Run as a process of its own: reads one file whole, as the wizard does, and prints what that cost. */
import { outcomeOf } from './readMutant.ts'

const started = process.cpuUsage()
const outcome = await outcomeOf(process.argv[2] ?? '')
const { user, system } = process.cpuUsage(started)
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024)
process.stdout.write(JSON.stringify({ ...outcome, cpuMs: Math.round((user + system) / 1000), peakMb }))

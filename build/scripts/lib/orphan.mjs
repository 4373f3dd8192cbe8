import { readFileSync } from 'node:fs'

/** Parent of a process as Linux tells it; elsewhere unknown, and then only the own parent is watched. */
function parentOf(pid) {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    )
  } catch {
    return null
  }
}

/**
 * npm puts a shell between itself and a script. Stopping npm stops that shell and leaves the script running, with the data
 * folder locked; so whoever runs a long child asks to be told when the process above is gone. Returns how to stop asking.
 */
export function whenOrphaned(tell) {
  const parent = process.ppid
  const grandparent = parentOf(parent)
  const timer = setInterval(() => {
    if (process.ppid === parent && parentOf(parent) === grandparent) return
    clearInterval(timer)
    tell()
  }, 500)
  timer.unref()
  return () => clearInterval(timer)
}

import { randomBytes } from 'node:crypto'
import { pino } from 'pino'

export type Logger = {
  info(message: string, detail?: Record<string, unknown>): void
  warn(message: string, detail?: Record<string, unknown>): void
  error(message: string, detail?: Record<string, unknown>): void
  /** Logs a fault under an incident id, the only thing about it that leaves the process. */
  fault(error: unknown, where: string): string
}

/** JSON lines on stderr: stdout belongs to the answers of the command line. */
export function stderrLogger(level = process.env['KEZHAN_LOG'] ?? 'error'): Logger {
  const log = pino({ level, redact: ['password', 'token', '*.password', '*.token'] }, pino.destination({ fd: 2, sync: true }))
  return {
    info: (message, detail) => log.info(detail ?? {}, message),
    warn: (message, detail) => log.warn(detail ?? {}, message),
    error: (message, detail) => log.error(detail ?? {}, message),
    fault(error, where) {
      const incident = randomBytes(4).toString('hex')
      log.error({ incident, where, err: error }, 'fault')
      return incident
    },
  }
}

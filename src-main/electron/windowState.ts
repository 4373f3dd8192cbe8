import { readFileSync, writeFileSync } from 'node:fs'
import type { Rectangle } from 'electron'
import { z } from 'zod'

const stateSchema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int(),
  height: z.int(),
  maximised: z.boolean(),
})
export type WindowState = z.infer<typeof stateSchema>

const SMALLEST = { width: 960, height: 600 }
const USUAL: WindowState = { width: 1366, height: 820, maximised: false }
/** Enough of the title bar to take hold of the window with a mouse. */
const GRIP = { width: 120, height: 40 }

const canBeGrabbed = (window: Rectangle, screen: Rectangle): boolean =>
  Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x) >= GRIP.width &&
  window.y >= screen.y - 8 &&
  window.y <= screen.y + screen.height - GRIP.height

/** A remembered state fitted to the screens there are now: yesterday's second monitor may be at the office. */
export function fitted(remembered: WindowState | null, screens: readonly Rectangle[], primary: Rectangle): WindowState {
  const { x, y, width, height, maximised } = remembered ?? USUAL
  const size = {
    width: Math.min(Math.max(width, SMALLEST.width), Math.max(primary.width, SMALLEST.width)),
    height: Math.min(Math.max(height, SMALLEST.height), Math.max(primary.height, SMALLEST.height)),
  }
  if (x === undefined || y === undefined) return { ...size, maximised }
  const home = screens.find((screen) => canBeGrabbed({ x, y, width, height }, screen))
  return home ? { x, y, ...size, maximised } : { ...size, maximised }
}

/** What was remembered, or null when there is nothing usable: a spoilt file costs a position, never the start. */
export function readWindowState(file: string): WindowState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

export const writeWindowState = (file: string, state: WindowState): void => writeFileSync(file, JSON.stringify(state))

export { SMALLEST }

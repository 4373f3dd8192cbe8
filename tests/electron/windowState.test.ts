import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fitted, readWindowState, writeWindowState } from '../../src-main/electron/windowState.ts'

const screen = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: -200, width: 2560, height: 1400 }
const state = { x: 2100, y: 100, width: 1200, height: 800, maximised: true }

describe('where the window opens', () => {
  it('at its usual size in the middle the first time', () => {
    expect(fitted(null, [screen], screen)).toEqual({ width: 1366, height: 820, maximised: false })
  })
  it('where it was', () => {
    expect(fitted(state, [screen, second], screen)).toEqual(state)
  })
  it('in the middle when its screen is gone, still maximised', () => {
    expect(fitted(state, [screen], screen)).toEqual({ width: 1200, height: 800, maximised: true })
  })
  it.each([
    ['above the screen', { y: -300, x: 100 }],
    ['below the screen', { y: 1030, x: 100 }],
    ['with too little to take hold of', { x: 1850, y: 100 }],
  ])('in the middle when it would be %s', (_where, place) => {
    expect(fitted({ ...state, ...place }, [screen], screen)).not.toHaveProperty('x')
  })
  it('never larger than the screen nor smaller than usable', () => {
    expect(fitted({ ...state, width: 9000, height: 9000 }, [], screen)).toMatchObject({ width: 1920, height: 1040 })
    expect(fitted({ ...state, width: 10, height: 10 }, [], screen)).toMatchObject({ width: 960, height: 600 })
  })
})

describe('the remembered state', () => {
  it('comes back as written, and a spoilt file counts as none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kezhan-window-'))
    const file = join(folder, 'window.json')
    expect(readWindowState(file)).toBeNull()
    writeWindowState(file, state)
    expect(readWindowState(file)).toEqual(state)
    for (const spoilt of ['', '{', '[]', '{"width":"1"}', '{"width":1e999,"height":1,"maximised":true}']) {
      writeFileSync(file, spoilt)
      expect(readWindowState(file)).toBeNull()
    }
    rmSync(folder, { recursive: true })
  })
})

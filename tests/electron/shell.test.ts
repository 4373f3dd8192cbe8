import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { app, FakeContents, FakePort, type FakeWindow, ipcMain, record, session } from './fakeElectron.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))

const folder = mkdtempSync(join(tmpdir(), 'kezhan-shell-'))
const served: unknown[] = []
const faults: unknown[] = []
let hosting = false
let closes = 0
let mainWindow: FakeWindow

const last = <T>(list: readonly T[]): T => {
  const item = list.at(-1)
  if (item === undefined) throw new Error('nothing was recorded')
  return item
}

beforeAll(async () => {
  mkdirSync(join(folder, 'out/renderer/assets'), { recursive: true })
  writeFileSync(join(folder, 'out/renderer/index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
  writeFileSync(join(folder, 'out/renderer/assets/a.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  record.appPaths.set('appData', folder)
  mkdirSync(join(folder, 'kezhan-window'))
  const { runDesktop } = await import('../../src-main/electron/desktop.ts')
  await runDesktop({
    root: folder,
    data: join(folder, 'data'),
    refusal: () => null,
    open: () =>
      Promise.resolve({
        serve: (port, contents) => void served.push([port, contents]),
        files: (request) => Promise.resolve(new Response(`file of ${request.url}`)),
        firstPath: () => '/welcome?token=once',
        isHosting: () => hosting,
        logFault: (error) => void faults.push(error),
        close: () => {
          closes += 1
          return Promise.resolve()
        },
      }),
  })
  mainWindow = last(record.windows)
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  expect(faults).toEqual([])
})

describe('the window', () => {
  it('has exactly these settings', () => {
    expect(mainWindow.options['webPreferences']).toEqual({
      preload: join(folder, 'out/preload/preload.cjs'),
      devTools: false,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
    })
    expect(record.sandboxed).toBe(true)
  })

  it('opens our own page, with the one-time token on the first run', () => {
    expect(mainWindow.url).toBe('app://kezhan/welcome?token=once')
  })

  it('listens to exactly two channels, and to nothing that answers', () => {
    expect(ipcMain.eventNames()).toEqual(['kezhan:port', 'kezhan:shell'])
  })

  it('grants a page nothing but writing to the clipboard', () => {
    const { request, check, device } = session.defaultSession
    const asked = [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fileSystem',
      'hid',
      'usb',
      'display-capture',
    ]
    for (const permission of asked) {
      const answers: boolean[] = []
      request?.({}, permission, (granted) => void answers.push(granted))
      expect([permission, answers, check?.({}, permission)]).toEqual([permission, [false], false])
    }
    expect(check?.({}, 'clipboard-sanitized-write')).toBe(true)
    expect(device?.({})).toBe(false)
  })

  it('declares one scheme, standard and secure, that bypasses no policy', () => {
    expect(record.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
  })
})

describe('going elsewhere', () => {
  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    '%s is stopped for every address that is not ours',
    (name) => {
      const addresses = [
        'https://example.com/',
        'file:///etc/passwd',
        'app://kezhan.evil/',
        'app://other/',
        'javascript:alert(1)',
        'data:text/html,x',
        'about:blank',
      ]
      for (const url of addresses) {
        let stopped = false
        mainWindow.webContents.emit(name, { url, preventDefault: () => (stopped = true) })
        expect([url, stopped]).toEqual([url, true])
      }
      let stopped = false
      mainWindow.webContents.emit(name, { url: 'app://kezhan/customers', preventDefault: () => (stopped = true) })
      expect(stopped).toBe(false)
    },
  )

  it('no web view is ever attached', () => {
    let stopped = false
    mainWindow.webContents.emit('will-attach-webview', { preventDefault: () => (stopped = true) })
    expect(stopped).toBe(true)
  })

  it('no second window opens; only addresses that a browser or mailer understands are handed on', () => {
    record.opened.length = 0
    const asked = [
      'javascript:alert(1)',
      'file:///C:/Windows/System32/calc.exe',
      'ms-msdt:/id',
      'smb://server/share',
      '\\\\server\\share',
      'vbscript:x',
      'data:text/html,x',
      'app://kezhan/',
      'http://bank.example@evil.example/',
      'HTTPS://Example.com/%0d%0aX',
      'mailto:a@example.com',
      'tel:+8613800138000',
      'https:\\\\example.com',
      `https://example.com/${'a'.repeat(3000)}`,
      'not an address',
    ]
    for (const url of asked) expect(mainWindow.webContents.openHandler?.({ url })).toEqual({ action: 'deny' })
    expect(record.opened).toEqual([
      'https://example.com/%0d%0aX',
      'mailto:a@example.com',
      'tel:+8613800138000',
      'https://example.com/',
    ])
  })
})

describe('handing over a port', () => {
  type Event = { sender: FakeContents; senderFrame: object | null; ports: FakePort[] }
  const event = (change: Partial<Event> = {}): Event => ({
    sender: mainWindow.webContents,
    senderFrame: mainWindow.webContents.mainFrame,
    ports: [new FakePort()],
    ...change,
  })
  const frame = (change: object) => Object.assign(mainWindow.webContents.mainFrame, change)
  const ours = { url: 'app://kezhan/customers', origin: 'app://kezhan', detached: false }

  it('serves our own top frame', () => {
    const good = event()
    ipcMain.emit('kezhan:port', good, null)
    expect(last(served)).toEqual([good.ports[0], mainWindow.webContents])
    expect(good.ports[0]?.closed).toBe(false)
  })

  it.each(['kezhan:port', 'kezhan:shell'])('%s closes the port of whoever is not allowed', (channel) => {
    const before = served.length
    const stranger = new FakeContents()
    const bad: [string, Event, unknown[]][] = [
      ['another window', event({ sender: stranger, senderFrame: stranger.mainFrame }), [null]],
      ['a frame inside the page', event({ senderFrame: { ...ours } }), [null]],
      ['a frame that is gone', event({ senderFrame: null }), [null]],
      ['two ports', event({ ports: [new FakePort(), new FakePort()] }), [null]],
      ['a payload', event(), [{ call: 'x' }]],
      ['two arguments', event(), [null, 'x']],
    ]
    for (const [why, handed, payload] of bad) {
      ipcMain.emit(channel, handed, ...payload)
      expect([why, handed.ports.map(({ closed, started }) => [closed, started])]).toEqual([
        why,
        handed.ports.map(() => [true, false]),
      ])
    }
    for (const place of [
      { url: 'https://evil.example/', origin: 'https://evil.example' },
      { url: 'app://kezhan.evil/', origin: 'app://kezhan.evil' },
      { detached: true },
    ]) {
      frame(place)
      const handed = event()
      ipcMain.emit(channel, handed, null)
      expect(handed.ports[0]?.closed).toBe(true)
      frame(ours)
    }
    expect(served).toHaveLength(before)
  })

  it('does nothing without a port', () => {
    const before = served.length
    ipcMain.emit('kezhan:port', event({ ports: [] }), null)
    expect(served).toHaveLength(before)
  })
})

describe('asking the shell', () => {
  const connected = () => {
    const port = new FakePort()
    ipcMain.emit(
      'kezhan:shell',
      { sender: mainWindow.webContents, senderFrame: mainWindow.webContents.mainFrame, ports: [port] },
      null,
    )
    expect(port.started).toBe(true)
    return async (data: unknown) => {
      const before = port.sent.length
      port.emit('message', { data })
      await vi.waitFor(() => expect(port.sent.length).toBeGreaterThan(before))
      return last(port.sent)
    }
  }

  it('refuses what is not exactly a known call', async () => {
    const ask = connected()
    const shown = record.dialogsShown.length
    const refused = { id: null, ok: false, why: 'badRequest' }
    for (const data of [
      null,
      'notify',
      {},
      { id: -1, call: 'notify', input: {} },
      { id: 1, call: 'openExternal', input: 'x' },
      { id: 1, call: '__proto__', input: {} },
      { id: 1, call: 'notify', input: {}, more: 1 },
    ]) {
      expect(await ask(data)).toEqual(refused)
    }
    const bytes = new Uint8Array([1])
    const inputs: [string, unknown][] = [
      ['badge', { count: -1 }],
      ['badge', { count: 1.5 }],
      ['notify', { title: '', body: 'b' }],
      ['notify', { title: 't', body: 'b', icon: 'file:///etc/passwd' }],
      ['openFile', { title: 't', extensions: ['xlsx'], defaultPath: '/etc' }],
      ['openFile', { title: 't', extensions: ['../..'] }],
      ...['../a.csv', '..', 'a/b.csv', 'C:\\a.csv', 'a\u0000.csv', ''].map((name): [string, unknown] => [
        'saveFile',
        { title: 't', name, bytes },
      ]),
      ['saveFile', { title: 't', name: 'a.csv', bytes: 'text' }],
    ]
    for (const [call, input] of inputs)
      expect([input, await ask({ id: 7, call, input })]).toEqual([input, { id: 7, ok: false, why: 'badRequest' }])
    expect(record.dialogsShown).toHaveLength(shown)
    expect(record.notifications).toEqual([])
  })

  it('opens a file the person chose, by name and content and without its path', async () => {
    const path = join(folder, '客户.csv')
    writeFileSync(path, 'abc')
    record.openDialog = { canceled: false, filePaths: [path] }
    const answer = await connected()({ id: 1, call: 'openFile', input: { title: 't', extensions: ['csv'] } })
    expect(answer).toEqual({ id: 1, ok: true, value: { name: '客户.csv', bytes: new Uint8Array([97, 98, 99]) } })
    expect(JSON.stringify(answer)).not.toContain(folder)
  })

  it('saves only where the person says, and not at all when they do not', async () => {
    const target = join(folder, 'saved.csv')
    const ask = connected()
    const input = { title: 't', name: 'saved.csv', bytes: new Uint8Array([120]) }
    record.saveDialog = { canceled: true, filePath: target }
    expect(await ask({ id: 1, call: 'saveFile', input })).toEqual({ id: 1, ok: true, value: false })
    record.saveDialog = { canceled: false, filePath: target }
    expect(await ask({ id: 2, call: 'saveFile', input })).toEqual({ id: 2, ok: true, value: true })
    expect(readFileSync(target, 'utf8')).toBe('x')
  })

  it('shows a notification', async () => {
    expect(await connected()({ id: 3, call: 'notify', input: { title: '导入完成', body: '100' } })).toEqual({
      id: 3,
      ok: true,
      value: true,
    })
    expect(record.notifications).toEqual([{ title: '导入完成', body: '100' }])
    const shown = mainWindow.focuses
    record.clickNotification()
    expect(mainWindow.focuses, 'a click brings the window to the front').toBe(shown + 1)
  })
})

describe('app://', () => {
  const ask = (url: string, method = 'GET') => {
    const answer = record.protocols.get('app')
    if (!answer) throw new Error('app:// is not served')
    return answer({ url, method } as Request)
  }

  it('serves the page with a policy of its own nonce each time', async () => {
    const [first, second] = await Promise.all([ask('app://kezhan/'), ask('app://kezhan/customers/01ABC')])
    const nonce = (await first.text()).match(/content="([^"]+)"/)?.[1]
    const policy = first.headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`'nonce-${nonce}'`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(await second.text()).not.toContain(nonce)
  })

  it('serves a script with its type and a policy too', async () => {
    const answer = await ask('app://kezhan/assets/a.js')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
  })

  it.each([
    'app://kezhan/../secret.txt',
    'app://kezhan/..%2f..%2fsecret.txt',
    'app://kezhan/%2e%2e/%2e%2e/secret.txt',
    'app://kezhan/assets/..%5c..%5csecret.txt',
    'app://kezhan/assets/none.js',
    'app://kezhan/%E0%A4%A',
    'app://other/index.html',
    'file:///etc/passwd',
    'nonsense',
  ])('%s is not found', async (url) => {
    const answer = await ask(url)
    expect([answer.status, await answer.text()]).toEqual([404, ''])
  })

  it('only reads, and hands files to the backend', async () => {
    expect(await (await ask('app://kezhan/files/01?show=1', 'POST')).text()).toBe('file of app://kezhan/files/01?show=1')
    for (const url of ['app://kezhan/', 'app://kezhan/filesystem', 'app://other/files/01'])
      expect((await ask(url, 'POST')).status).toBe(405)
  })
})

describe('life', () => {
  it('closing quits, unless others work on this computer’s data', () => {
    let prevented = 0
    const close = () => mainWindow.emit('close', { preventDefault: () => (prevented += 1) })
    close()
    expect(prevented).toBe(0)
    hosting = true
    close()
    expect([prevented, mainWindow.visible]).toEqual([1, false])
    app.emit('before-quit')
    close()
    expect(prevented).toBe(1)
    expect(JSON.parse(readFileSync(join(folder, 'kezhan-window/window.json'), 'utf8'))).toEqual({
      x: 10,
      y: 20,
      width: 1200,
      height: 800,
      maximised: false,
    })
  })

  it('a second start shows the first window', () => {
    mainWindow.visible = false
    app.emit('second-instance')
    expect(mainWindow.visible).toBe(true)
  })

  it('the menu and the tray speak Chinese and name a shortcut role for editing', () => {
    const menu = JSON.stringify(last(record.menus))
    for (const part of ['文件', '编辑', '"role":"undo"', '"role":"paste"', '"role":"quit"']) expect(menu).toContain(part)
    expect(menu).not.toContain('toggleDevTools')
    expect(last(record.trays).tip).toBe('客栈 CRM')
  })

  it('quitting waits for the backend', async () => {
    let prevented = 0
    const before = record.quits
    app.emit('will-quit', { preventDefault: () => (prevented += 1) })
    await vi.waitFor(() => expect(record.quits).toBe(before + 1))
    expect([prevented, closes]).toEqual([1, 1])
    app.emit('will-quit', { preventDefault: () => (prevented += 1) })
    expect([prevented, closes]).toEqual([1, 1])
  })
})

import { EventEmitter } from 'node:events'

/** Stands in for the `electron` module and writes down whatever the shell asks of it. */
export const record = {
  appPaths: new Map<string, string>([['appData', '/fake/appData']]),
  windows: [] as FakeWindow[],
  opened: [] as string[],
  errors: [] as [string, string][],
  notifications: [] as object[],
  badges: [] as number[],
  hasBadge: true,
  flashes: [] as boolean[],
  clickNotification: (): void => undefined,
  schemes: [] as { scheme: string; privileges: object }[],
  protocols: new Map<string, (request: Request) => Promise<Response>>(),
  menus: [] as unknown[],
  trays: [] as FakeTray[],
  openDialog: { canceled: true, filePaths: [] as string[] },
  saveDialog: { canceled: true, filePath: '' },
  dialogsShown: [] as [string, unknown][],
  quits: 0,
  exits: [] as number[],
  firstInstance: true,
  sandboxed: false,
  posted: [] as [string, unknown, unknown[]][],
}

export class FakePort extends EventEmitter {
  sent: unknown[] = []
  started = false
  closed = false
  postMessage(message: unknown): void {
    this.sent.push(message)
    this.emit('sent')
  }
  start(): void {
    this.started = true
  }
  close(): void {
    this.closed = true
  }
}

export class FakeContents extends EventEmitter {
  isDestroyed = (): boolean => false
  openHandler: ((details: { url: string }) => unknown) | null = null
  mainFrame = { url: 'app://kezhan/customers', origin: 'app://kezhan', detached: false }
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openHandler = handler
  }
}

export class FakeWindow extends EventEmitter {
  webContents = new FakeContents()
  options: Record<string, unknown>
  url = ''
  visible = false
  focuses = 0
  destroyed = false
  maximised = false
  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    record.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  static fromWebContents(contents: FakeContents): FakeWindow | null {
    return record.windows.find((window) => window.webContents === contents) ?? null
  }
  loadURL(url: string): Promise<void> {
    this.url = url
    return Promise.resolve()
  }
  show(): void {
    this.visible = true
  }
  hide(): void {
    this.visible = false
  }
  focus(): void {
    this.focuses += 1
  }
  restore(): void {}
  maximize(): void {
    this.maximised = true
  }
  flashFrame(on: boolean): void {
    record.flashes.push(on)
  }
  isFocused(): boolean {
    return false
  }
  isMinimized(): boolean {
    return false
  }
  isMaximized(): boolean {
    return this.maximised
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  getNormalBounds(): object {
    return { x: 10, y: 20, width: 1200, height: 800 }
  }
}

class FakeTray extends EventEmitter {
  icon: string
  tip = ''
  menu: unknown = null
  destroyed = false
  constructor(icon: string) {
    super()
    this.icon = icon
    record.trays.push(this)
  }
  setToolTip(tip: string): void {
    this.tip = tip
  }
  setContextMenu(menu: unknown): void {
    this.menu = menu
  }
  destroy(): void {
    this.destroyed = true
  }
}

class FakeApp extends EventEmitter {
  isPackaged = true
  getPath = (name: string): string => record.appPaths.get(name) ?? `/fake/${name}`
  setPath = (name: string, path: string): void => void record.appPaths.set(name, path)
  getLocale = (): string => 'zh-CN'
  getVersion = (): string => '0.1.0'
  requestSingleInstanceLock = (): boolean => record.firstInstance
  enableSandbox = (): void => {
    record.sandboxed = true
  }
  whenReady = (): Promise<void> => Promise.resolve()
  setBadgeCount = (count: number): boolean => {
    record.badges.push(count)
    return record.hasBadge
  }
  quit = (): void => {
    record.quits += 1
  }
  exit = (code: number): void => void record.exits.push(code)
}

export const app = new FakeApp()
export const ipcMain = new EventEmitter()
export const ipcRenderer = {
  postMessage: (channel: string, message: unknown, ports: unknown[]): void => void record.posted.push([channel, message, ports]),
}
export const BrowserWindow = FakeWindow
export const Tray = FakeTray
export const Menu = {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu: (menu: unknown): void => void record.menus.push(menu),
}
export const screen = {
  getAllDisplays: (): object[] => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  getPrimaryDisplay: (): object => ({ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }),
}
export const shell = {
  openExternal: (url: string): Promise<void> => {
    record.opened.push(url)
    return Promise.resolve()
  },
  openPath: (): Promise<string> => Promise.resolve(''),
}
export const dialog = {
  showOpenDialog: (_window: unknown, options: unknown): Promise<object> => {
    record.dialogsShown.push(['open', options])
    return Promise.resolve(record.openDialog)
  },
  showSaveDialog: (_window: unknown, options: unknown): Promise<object> => {
    record.dialogsShown.push(['save', options])
    return Promise.resolve(record.saveDialog)
  },
  showMessageBox: (options: unknown): Promise<object> => {
    record.dialogsShown.push(['message', options])
    return Promise.resolve({ response: 0 })
  },
  showErrorBox: (title: string, text: string): void => void record.errors.push([title, text]),
}
export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return true
  }
  options: object
  constructor(options: object) {
    super()
    this.options = options
  }
  show(): void {
    record.notifications.push(this.options)
    record.clickNotification = () => void this.emit('click')
  }
}
export const protocol = {
  registerSchemesAsPrivileged: (schemes: typeof record.schemes): void => void record.schemes.push(...schemes),
  handle: (scheme: string, answer: (request: Request) => Promise<Response>): void => void record.protocols.set(scheme, answer),
}

type PermissionAnswer = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void
export const session = {
  defaultSession: {
    request: null as PermissionAnswer | null,
    check: null as ((contents: unknown, permission: string) => boolean) | null,
    device: null as ((details: object) => boolean) | null,
    setPermissionRequestHandler(handler: PermissionAnswer): void {
      this.request = handler
    },
    setPermissionCheckHandler(handler: (contents: unknown, permission: string) => boolean): void {
      this.check = handler
    },
    setDevicePermissionHandler(handler: (details: object) => boolean): void {
      this.device = handler
    },
  },
}

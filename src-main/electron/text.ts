export type ShellLanguage = 'zh-CN' | 'en-US'

const zh = {
  title: '客栈 CRM',
  file: '文件',
  edit: '编辑',
  view: '显示',
  window: '窗口',
  help: '帮助',
  quit: '退出',
  open: '打开主窗口',
  undo: '撤销输入',
  redo: '重做输入',
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  selectAll: '全选',
  reload: '刷新页面',
  actualSize: '实际大小',
  zoomIn: '放大',
  zoomOut: '缩小',
  fullScreen: '全屏',
  minimise: '最小化',
  close: '关闭窗口',
  dataFolder: '打开数据文件夹',
  about: '关于客栈',
  cannotStart: '客栈无法启动',
  unexpected: '启动时出现意外错误。',
}

const en: Record<keyof typeof zh, string> = {
  title: 'Kezhan CRM',
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  quit: 'Quit',
  open: 'Open the main window',
  undo: 'Undo typing',
  redo: 'Redo typing',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  reload: 'Reload the page',
  actualSize: 'Actual size',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fullScreen: 'Full screen',
  minimise: 'Minimise',
  close: 'Close the window',
  dataFolder: 'Open the data folder',
  about: 'About Kezhan',
  cannotStart: 'Kezhan cannot start',
  unexpected: 'Something unexpected went wrong at the start.',
}

export type ShellWords = Readonly<Record<keyof typeof zh, string>>

export const shellLanguage = (locale: string): ShellLanguage => (locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US')

export const shellWords = (language: ShellLanguage): ShellWords => (language === 'zh-CN' ? zh : en)

export type StartReason =
  | 'nodeTooOld'
  | 'sqliteTooOld'
  | 'networkPath'
  | 'noDatabase'
  | 'databaseGone'
  | 'alreadyExists'
  | 'corrupt'
  | 'cannotOpen'
  | 'readOnly'
  | 'diskFull'
  | 'newer'
  | 'locked'
  | 'migrationFailed'
  | 'addressNotLoopback'

const sentences: Record<StartReason, { zh: string; en: string }> = {
  nodeTooOld: { zh: '需要 Node 24 才能打开数据库', en: 'the database needs Node 24' },
  sqliteTooOld: {
    zh: '数据库引擎太旧，可能丢数据，没有打开',
    en: 'the SQLite engine is too old and could lose commits; nothing was opened',
  },
  networkPath: {
    zh: '数据文件夹在网络路径上，那里的锁不可靠，没有打开。请放在本机硬盘',
    en: 'the data folder is on a network path, where locks are not dependable; nothing was opened. Use a local disk',
  },
  noDatabase: {
    zh: '这个文件夹里没有客栈的数据，什么都没有新建',
    en: 'there is no Kezhan database in this folder; nothing was created',
  },
  databaseGone: {
    zh: '这个文件夹里有过客栈的数据，但数据文件不见了（被移走、删除，或硬盘没有接上），什么都没有新建。请把它放回来，或从备份恢复',
    en: 'this folder has held a Kezhan workspace, but its database is gone (moved, deleted, or a drive is missing); nothing was created. Put it back or restore a backup',
  },
  alreadyExists: {
    zh: '这个文件夹里已经有客栈的数据，什么都没有改',
    en: 'this folder already holds a Kezhan database; nothing was changed',
  },
  corrupt: {
    zh: '数据文件损坏或不是客栈的数据文件，原文件没有动。请从备份恢复',
    en: 'the data file is damaged or not a Kezhan database; it was left as it is. Restore a backup',
  },
  cannotOpen: { zh: '打不开数据文件，什么都没有改', en: 'the data file cannot be opened; nothing was changed' },
  readOnly: { zh: '数据文件夹只读，不能写入', en: 'the data folder is read-only' },
  diskFull: { zh: '磁盘已满，没有写入', en: 'the disk is full; nothing was written' },
  newer: {
    zh: '数据来自更新版本的客栈，本版本没有打开，文件没有动。请升级程序',
    en: 'the data come from a newer Kezhan; this version did not open them and left the file as it is. Upgrade the program',
  },
  locked: { zh: '数据正在被另一个客栈程序使用', en: 'another Kezhan process is using this data folder' },
  migrationFailed: {
    zh: '升级数据没有完成，已全部退回，升级前的备份还在',
    en: 'upgrading the data did not complete; everything was rolled back and the backup from before is kept',
  },
  addressNotLoopback: {
    zh: '局域网共享尚未提供，只能使用本机地址',
    en: 'sharing on the LAN is not built yet: only a loopback address may be used',
  },
}

/** The program could not start on a data folder; the sentence says why and what was not changed. */
export class StartRefusal extends Error {
  readonly reason: StartReason
  readonly detail: Record<string, unknown>
  constructor(reason: StartReason, detail: Record<string, unknown> = {}) {
    super(
      `${sentences[reason].en} (${Object.entries(detail)
        .map(([key, value]) => `${key}: ${String(value)}`)
        .join(', ')})`,
    )
    this.name = 'StartRefusal'
    this.reason = reason
    this.detail = detail
  }

  inLanguage(language: string): string {
    const detail = Object.values(this.detail).map(String).join(', ')
    return language.startsWith('zh') ? `${sentences[this.reason].zh}${detail ? `（${detail}）` : ''}` : this.message
  }
}

// Files on records: the road of bytes, what is stored of them, who may see them, and what bad input does.
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { serveHttp } from '../../src-main/transports/http.ts'
import type { CustomerId } from '../../src-shared/features/customers/model.ts'
import { soundFileName } from '../../src-shared/features/files/rules.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { addPerson, actorOf, failureOf, type Office, openOffice } from '../support/factories.ts'
import { fetchFile, png, send, sent } from '../support/bytes.ts'

let office: Office
const open: { close: () => Promise<void> }[] = []
/** A host at which somebody is signed in. */
async function at(actor: Actor | null): Promise<string> {
  const server = await serveHttp({ backend: office.running.backend, actorOf: () => actor }, { port: 0 })
  open.push(server)
  return server.url
}
beforeAll(async () => {
  office = await openOffice()
})
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})
afterAll(async () => {
  expect(office.running.faults).toEqual([])
  await office.close()
})

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text))
const picture = (extra = ''): Uint8Array<ArrayBuffer> => new Uint8Array(png(extra))
const newCustomer = async (): Promise<CustomerId> => (await office.as(office.sales).customers.create({ name: '有附件的客户' })).id
const onDisk = (): string[] => {
  const home = join(office.running.folder, 'files')
  return existsSync(home) ? readdirSync(home) : []
}
/** A file of a new customer of the salesman. */
async function stored(name = '报价单.png', content = picture()) {
  const url = await at(office.sales)
  const upload = await sent(url, name, content)
  const customerId = await newCustomer()
  const [file] = await office.as(office.sales).files.add({ entity: 'customer', recordId: customerId, uploads: [upload.id] })
  return { url, customerId, file: file ?? expect.fail('nothing was stored') }
}

describe('the road of bytes', () => {
  it('takes a file to a name of its own and hands it out as it came', async () => {
    const content = picture()
    const { url, customerId, file } = await stored('../../机密/报价单.png', content)
    expect(file).toMatchObject({ name: '报价单.png', type: 'image/png', size: content.length, authorName: '王海峰', customerId })
    expect(readFileSync(join(office.running.folder, 'files', file.id))).toEqual(Buffer.from(content))
    const answer = await fetchFile(url, file.id)
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(content))
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-disposition': `attachment; filename="___.png"; filename*=UTF-8''${encodeURIComponent('报价单.png')}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    })
    expect((await fetchFile(url, file.id, '?show=1')).headers.get('content-disposition')).toMatch(/^inline/)
    expect(await office.as(office.sales).files.ofCustomer({ customerId })).toMatchObject({ count: 1, rows: [{ id: file.id }] })
  })

  it.each([
    ['page.html', '<!doctype html><script>alert(1)</script>', 'text/html'],
    ['logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'image/svg+xml'],
    ['hidden.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'application/octet-stream'],
    ['photo.jpg', 'GIF is not here', 'application/octet-stream'],
    ['invoice.pdf', '<html><script>alert(1)</script>', 'application/octet-stream'],
    ['tool.txt', 'MZ\u0090\u0000', 'application/x-msdownload'],
    ['notes.txt', '会议纪要', 'text/plain'],
  ])('%s never comes back as a page or a picture', async (name, content, type) => {
    const { url, file } = await stored(name, bytes(content))
    expect(file.type).toBe(type)
    for (const query of ['', '?show=1']) {
      const answer = await fetchFile(url, file.id, query)
      expect(answer.headers.get('content-type')).toBe('application/octet-stream')
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    }
  })

  it('a picture with a page behind it stays a picture: its type is said, nothing guesses, nothing runs', async () => {
    const { url, file } = await stored('both.html', picture('<script>alert(1)</script>'))
    expect(file.type).toBe('image/png')
    const answer = await fetchFile(url, file.id, '?show=1')
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('an empty file, a file over the limit and a full space are refused, and leave nothing', async () => {
    const url = await at(office.sales)
    const before = onDisk()
    const client = office.as(office.admin)
    const { usedBytes: _used, count: _count, ...settings } = await client.files.settings({})
    expect(await send(url, 'nothing.txt', bytes(''))).toMatchObject({ status: 422, reason: 'empty' })
    await client.files.setSettings({ maxBytes: 1_048_576, quotaBytes: 10_485_760 })
    expect(await send(url, 'large.bin', new Uint8Array(1_048_577))).toMatchObject({ status: 422, reason: 'tooLarge' })
    expect(onDisk()).toEqual(before)
    const mb = new Uint8Array(1_048_576)
    let refused: unknown
    for (let n = 0; n < 11 && refused === undefined; n++) {
      const answer = await send(url, `part${n}.bin`, mb)
      if ('code' in answer) refused = answer
    }
    expect(refused).toMatchObject({ status: 422, reason: 'quotaFull' })
    expect(onDisk().some((name) => name.endsWith('.part'))).toBe(false)
    await client.files.setSettings(settings)
    await expect(client.files.setSettings({ maxBytes: 1_073_741_824, quotaBytes: 10_485_760 })).rejects.toMatchObject({
      data: { reason: 'quotaBelowFile' },
    })
  })

  it('a body of unknown length is counted as it comes', async () => {
    const url = await at(office.sales)
    const client = office.as(office.admin)
    const { usedBytes: _used, count: _count, ...settings } = await client.files.settings({})
    await client.files.setSettings({ ...settings, maxBytes: 1_048_576 })
    const before = onDisk()
    const status = await new Promise<number>((done, fail) => {
      const call = request(`${url}files`, { method: 'POST', headers: { 'x-file-name': 'stream.bin' } }, (answer) => {
        answer.resume()
        done(answer.statusCode ?? 0)
      })
      call.on('error', fail)
      for (let n = 0; n < 20; n++) call.write(Buffer.alloc(65_536))
      call.end()
    })
    expect(status).toBe(422)
    expect(onDisk()).toEqual(before)
    await client.files.setSettings(settings)
  })

  it('a connection that breaks leaves nothing', async () => {
    const url = await at(office.sales)
    const before = onDisk()
    await new Promise<void>((done) => {
      const call = request(`${url}files`, { method: 'POST', headers: { 'x-file-name': 'cut.bin', 'content-length': 100_000 } })
      call.on('error', () => done())
      call.write(Buffer.alloc(50_000))
      setTimeout(() => call.destroy(), 50)
    })
    await expect.poll(onDisk).toEqual(before)
  })

  it.each([
    ['a path', '..\\..\\windows\\system32\\drivers\\etc\\hosts', 'hosts'],
    ['signs that turn the name round', 'bill\u202Egpj.exe', 'billgpj.exe'],
    ['nothing but signs', '\u0000\u0007/..', 'file'],
    ['signs that no disk takes', 'a<b>:"c|d?*.txt', 'a_b___c_d__.txt'],
    ['half a sign', 'x\ud83d.txt', 'x_.txt'],
    ['rare signs', '𠮷野家😀.pdf', '𠮷野家😀.pdf'],
  ])('a name of %s becomes a sound one', (_what, given, wanted) => {
    expect(soundFileName(given)).toBe(wanted)
  })

  it('a name of 5,000 signs is cut and keeps its ending', async () => {
    const long = soundFileName(`${'长'.repeat(5000)}.xlsx`)
    expect([...long].length).toBe(200)
    expect(long.endsWith('.xlsx')).toBe(true)
    const { file } = await stored(`${'a'.repeat(5000)}.csv`, bytes('a,b'))
    expect([file.name.length, file.type]).toEqual([200, 'text/csv'])
    const [row] = (await office.as(office.sales).files.ofCustomer({ customerId: file.customerId })).rows
    const renamed = await office
      .as(office.sales)
      .files.rename({ id: file.id, version: row?.version ?? 0, name: 'b'.repeat(5000) })
    expect(renamed.name).toHaveLength(200)
  })

  it.each(['/files/..%2f..%2fkezhan.db', '/files/%2e%2e', '/files/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/files/x', '/files/'])(
    '%s is not found',
    async (path) => {
      const answer = await fetch(`${(await at(office.admin)).replace(/\/$/, '')}${path}`)
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toContain('SQLite')
    },
  )

  it('is closed to who is not signed in, has no right, or writes from another page', async () => {
    const { file } = await stored()
    const stranger = await at(null)
    expect((await fetchFile(stranger, file.id)).status).toBe(401)
    expect(await send(stranger, 'a.txt', bytes('a'))).toMatchObject({ status: 401 })
    expect(await send(await at(office.viewer), 'a.txt', bytes('a'))).toMatchObject({ status: 403 })
    const foreign = await fetch(`${await at(office.sales)}files`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'x-file-name': 'a.txt' },
      body: 'a',
    })
    expect(foreign.status).toBe(403)
  })
})

describe('a file follows its record', () => {
  it('is seen by who sees the customer, by the list and by its address alike', async () => {
    const { customerId, file } = await stored()
    const seenBy = async (actor: Actor) => {
      const list = await office
        .as(actor)
        .files.ofCustomer({ customerId })
        .then(
          ({ rows }) => rows.length,
          () => 0,
        )
      const answer = await fetchFile(await at(actor), file.id)
      await answer.arrayBuffer()
      return [list, answer.status]
    }
    expect(await seenBy(office.manager)).toEqual([1, 200])
    expect(await seenBy(office.finance)).toEqual([1, 200])
    expect(await seenBy(office.colleague)).toEqual([0, 404])
  })

  it('what was sent in a conversation is hidden from who may not read conversations', async () => {
    const url = await at(office.sales)
    const upload = await sent(url, '录音.txt', bytes('压价到九折'))
    const customerId = await newCustomer()
    const said = await office.as(office.sales).followUps.create({ customerId, text: '见附件', files: [upload.id] })
    expect(said.files).toMatchObject([{ id: upload.id, name: '录音.txt' }])
    expect((await office.as(office.manager).files.ofCustomer({ customerId })).count).toBe(1)
    expect(await office.as(office.finance).files.ofCustomer({ customerId })).toEqual({ rows: [], count: 0 })
    expect((await fetchFile(await at(office.finance), upload.id)).status).toBe(404)
    expect((await failureOf(office.as(office.finance).history.ofRecord({ entity: 'file', id: upload.id }))).code).toBe(
      'NOT_FOUND',
    )
  })

  it('goes into the recycle bin with the conversation and comes back with it', async () => {
    const upload = await sent(await at(office.sales), '图.png', picture())
    const customerId = await newCustomer()
    const sales = office.as(office.sales)
    const said = await sales.followUps.create({ customerId, text: '见图', files: [upload.id] })
    await sales.followUps.remove({ id: said.id })
    expect((await sales.files.ofCustomer({ customerId })).count).toBe(0)
    expect((await sales.followUps.restore({ id: said.id })).files).toMatchObject([{ id: upload.id }])
    await sales.customers.removeMany({ selection: { ids: [customerId] } })
    await sales.customers.restoreMany({ selection: { ids: [customerId] } })
    expect((await sales.files.ofCustomer({ customerId })).count).toBe(1)
  })

  it('bytes of somebody else, or used before, hang on nothing', async () => {
    const mine = await sent(await at(office.sales), 'a.txt', bytes('a'))
    const customerId = (await office.as(office.manager).customers.create({ name: '主管的客户' })).id
    const byOther = office.as(office.manager).files.add({ entity: 'customer', recordId: customerId, uploads: [mine.id] })
    expect(await failureOf(byOther)).toMatchObject({ code: 'REFUSED', data: { reason: 'uploadGone' } })
    const own = await newCustomer()
    const add = () => office.as(office.sales).files.add({ entity: 'customer', recordId: own, uploads: [mine.id] })
    await add()
    expect(await failureOf(add())).toMatchObject({ data: { reason: 'uploadGone' } })
  })

  it('is deleted and renamed by who brought it or may edit the customer, and taken back', async () => {
    const { customerId, file } = await stored()
    const service = office.as(office.service)
    expect(await failureOf(service.files.remove({ id: file.id }))).toMatchObject({ data: { reason: 'notYours' } })
    const own = await sent(await at(office.service), 'b.txt', bytes('b'))
    await service.files.add({ entity: 'customer', recordId: customerId, uploads: [own.id] })
    await service.files.remove({ id: own.id })
    await office.as(office.manager).files.remove({ id: file.id })
    const { entries } = await office.as(office.manager).history.ofRecord({ entity: 'file', id: file.id })
    expect(entries[0]).toMatchObject({ action: 'deleted', recordName: '报价单.png' })
    await office.as(office.manager).history.undo({ seq: entries[0]?.seq ?? 0 })
    expect((await office.as(office.sales).files.ofCustomer({ customerId })).rows.map(({ id }) => id)).toEqual([file.id])
    // What was brought and taken back can be brought back: its bytes are kept.
    const { entries: own2 } = await office.as(office.sales).history.ofRecord({ entity: 'file', id: file.id })
    const undone = await office.as(office.sales).history.undo({ seq: own2.at(-1)?.seq ?? 0 })
    expect(existsSync(join(office.running.folder, 'files', file.id))).toBe(true)
    await office.as(office.sales).history.undo({ seq: undone.seq ?? 0 })
    expect((await office.as(office.sales).files.ofCustomer({ customerId })).count).toBe(1)
  })
})

describe('bytes', () => {
  const aged = (name: string) => {
    const path = join(office.running.folder, 'files', name)
    const old = Date.parse(office.running.clock.now()) / 1000 - 3 * 86_400
    utimesSync(path, old, old)
  }
  const tidy = async () => {
    const job = await office.running.backend.services.jobs.enqueue({ kind: 'files.tidy', input: null, owner: null })
    return office.running.backend.services.jobs.settled(job.id)
  }

  it('only purging removes them', async () => {
    const { file } = await stored()
    const admin = office.as(office.admin)
    expect(await failureOf(admin.files.purge({ id: file.id }))).toMatchObject({ data: { reason: 'notDeleted' } })
    await admin.files.remove({ id: file.id })
    expect(onDisk()).toContain(file.id)
    expect((await failureOf(office.as(office.sales).files.purge({ id: file.id }))).code).toBe('FORBIDDEN')
    await admin.files.purge({ id: file.id })
    expect(onDisk()).not.toContain(file.id)
    expect((await fetchFile(await at(office.admin), file.id)).status).toBe(404)
  })

  it('go with a purged customer, those of his conversations too', async () => {
    const { url, customerId, file } = await stored()
    const upload = await sent(url, '图.png', picture())
    const colleague = office.manager.employeeId ?? ''
    await office.as(office.sales).followUps.create({ customerId, text: '见图 @孙悦', files: [upload.id], mentions: [colleague] })
    const admin = office.as(office.admin)
    await admin.customers.removeMany({ selection: { ids: [customerId] } })
    await admin.customers.purgeMany({ selection: { ids: [customerId] }, confirmCount: 1 })
    expect(onDisk()).not.toContain(file.id)
    expect(onDisk()).not.toContain(upload.id)
  })

  it('that nobody names are tidied away after a day; what is taken back and what is not ours stays', async () => {
    await office.running.start()
    const { file } = await stored()
    const young = await sent(await at(office.sales), 'young.txt', bytes('young'))
    const home = join(office.running.folder, 'files')
    const stray = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
    writeFileSync(join(home, stray), 'left by a kill')
    writeFileSync(join(home, `${stray.slice(0, 25)}W.part`), 'half')
    writeFileSync(join(home, 'readme.txt'), 'somebody laid this here')
    for (const name of onDisk()) aged(name)
    expect(await tidy()).toMatchObject({ state: 'done' })
    expect(onDisk()).toEqual(expect.arrayContaining([file.id, young.id, 'readme.txt']))
    expect(onDisk()).not.toContain(stray)
    expect(onDisk().some((name) => name.endsWith('.part'))).toBe(false)
    office.running.clock.move(2 * 86_400_000)
    await tidy()
    expect(onDisk()).not.toContain(young.id)
    expect(onDisk()).toContain(file.id)
  })
})

it('a colleague without a right to conversations hears nothing of their files', async () => {
  const { userId } = await addPerson(office.running, {
    name: '沈清',
    roles: [{ permissions: { 'customers.read': 'all', 'files.read': 'all' } }],
  })
  const watcher = actorOf(office.running, userId)
  const abort = new AbortController()
  const stream = office.running.backend.services.follow({ actor: watcher, token: null, since: undefined, signal: abort.signal })
  expect((await stream.next()).done).toBe(false)
  const upload = await sent(await at(office.sales), '图.png', picture())
  const customerId = await newCustomer()
  await office.as(office.sales).followUps.create({ customerId, text: '见图', files: [upload.id] })
  const told = JSON.stringify((await stream.next()).value)
  abort.abort()
  expect(told).toContain('"customer"')
  expect(told).not.toContain(upload.id)
})

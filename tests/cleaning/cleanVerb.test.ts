import { spawnSync } from 'node:child_process'
import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanFile, type CleanRequest } from '../../src-main/cli/cleanFile.ts'
import { writeXlsx } from '../../src-main/kernel/workbook/write.ts'
import { readRecords } from '../support/sharedData.ts'

const cli = join(import.meta.dirname, '../../src-main/cli.ts')
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezhan-clean-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)
function file(name: string, text: string): string {
  writeFileSync(at(name), text)
  return at(name)
}
const request = (given: Partial<CleanRequest> & { file: string }): CleanRequest => ({
  out: at('out.csv'),
  phone: '电话',
  address: '地址',
  areaCode: null,
  sheet: null,
  bom: false,
  ...given,
})

describe('clean FILE', () => {
  it('writes the columns of the input, then the cleaned ones, and says what it did', async () => {
    const source = file(
      'a.csv',
      '编号,电话,地址,备注\n1,138 0512 6621/0512-66218800转801,江苏苏州昆山市花桥镇1号,"a,""b""\nc"\n2,138****6621,杭州市下城区体育场路1号,\n3,66218800,朝阳区建国路1号, x\n4,,,\n',
    )
    const report = await cleanFile(request({ file: source }))
    expect(readFileSync(at('out.csv'), 'utf8')).toBe(
      [
        '编号,电话,地址,备注,phone_1,phone_2,phone_masked,province,city,district,detail',
        '1,138 0512 6621/0512-66218800转801,江苏苏州昆山市花桥镇1号,"a,""b""\nc",+8613805126621,+8651266218800,,江苏省,苏州市,昆山市,花桥镇1号',
        '2,138****6621,杭州市下城区体育场路1号,,,,138****6621,浙江省,杭州市,拱墅区,体育场路1号',
        '3,66218800,朝阳区建国路1号," x",,,,,,,朝阳区建国路1号',
        '4,,,,,,,,,,',
        '',
      ].join('\r\n'),
    )
    expect(report).toMatchObject({
      sheet: 'a',
      headerRow: 1,
      rows: 4,
      phones: { cells: 3, numbers: 2, counts: { mobile: 1, landline: 1, extension: 1, several: 1, masked: 1, areaCode: 1 } },
      addresses: { cells: 3, province: 2, city: 2, district: 2, counts: { former: 1, ambiguous: 1 } },
      doubtful: {
        count: 2,
        first: [
          { row: 4, column: '电话', code: 'areaCode', text: '66218800' },
          { row: 4, column: '地址', code: 'ambiguous', text: '朝阳区' },
        ],
      },
    })
  })

  it('finds the header below titles and in a later sheet, keeps every digit, gives local numbers their area', async () => {
    async function* rows() {
      yield await Promise.resolve([
        ['客户名单'],
        ['金额', '电 话', '号码'],
        [0.1, 66218800, 13805126621],
        [12345678901234, '62218800', null],
      ])
    }
    const columns = (['number', 'number', 'number'] as const).map((type) => ({ header: '标题', type }))
    await writeXlsx(at('b.xlsx'), { sheetName: '甲', columns, rows: rows() })
    const report = await cleanFile(request({ file: at('b.xlsx'), phone: '电 话', address: null, areaCode: '0512', bom: true }))
    expect(report).toMatchObject({ sheet: '甲', headerRow: 3, rows: 2, addresses: null, phones: { numbers: 2 } })
    expect(readFileSync(at('out.csv'), 'utf8')).toBe(
      '\uFEFF金额,电 话,号码,phone_1,phone_2,phone_masked,province,city,district,detail\r\n' +
        '0.1,66218800,13805126621,+8651266218800,,,,,,\r\n12345678901234,62218800,,+8651262218800,,,,,,\r\n',
    )
  })

  it('says what is wrong in one line', async () => {
    const source = file('c.csv', '电话,地址,电话\n13805126621,北京,1\n')
    const fails = async (given: Partial<CleanRequest>, words: RegExp) =>
      expect(cleanFile(request({ file: source, ...given }))).rejects.toThrow(words)
    await fails({ phone: '手机', address: null }, /no column 手机; there are: 电话, 地址, 电话/)
    await fails({ address: null }, /电话 stands 2 times: A, C/)
    await fails({ phone: '地址' }, /same column 地址/)
    await fails({ phone: null, address: null }, /--phone or --address is missing/)
    await fails({ phone: null, out: source }, /the input file itself/)
    await fails({ phone: null, out: at('none/o.csv') }, /no folder/)
    await fails({ phone: null, out: folder }, /is a folder/)
    await fails({ phone: null, sheet: '乙' }, /no sheet 乙; there are: c/)
    await fails({ phone: null, file: at('nothing.csv') }, /no file nothing\.csv/)
    await fails({ phone: null, file: file('d.pdf', '%PDF-1.4 x') }, /PDF/)
    linkSync(source, at('link.csv'))
    await fails({ phone: null, out: at('link.csv') }, /the input file itself/)
    expect(readRecords(source)).toHaveLength(1)
  })

  it('is a verb: one JSON object, or one line on stderr', { timeout: 180_000 }, () => {
    const source = file('e.csv', '电话\n13805126621\n')
    const run = (...args: string[]) => spawnSync(process.execPath, [cli, 'clean', ...args], { cwd: folder, encoding: 'utf8' })
    const done = run('e.csv', '--phone', '电话', '--out', 'e-out.csv')
    expect(JSON.parse(done.stdout)).toMatchObject({ rows: 1, phones: { numbers: 1 } })
    expect(readRecords(at('e-out.csv'))[0]?.['phone_1']).toBe('+8613805126621')
    const refused = run(source, '--phone', '地址', '--out', 'e-out.csv')
    expect([refused.status, refused.stderr]).toEqual([2, 'there is no column 地址; there are: 电话\n'])
    expect(run(source, '--phone', '电话').stderr).toBe('--out is missing\n')
    expect(run(source, '--phone', '电话', '--out', 'x.csv', '--area-code', '12').stderr).toMatch(/no area code/)
  })
})

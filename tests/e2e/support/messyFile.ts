import ExcelJS from 'exceljs'

const TRADES = ['家具', '家具行业', '家俱', '食品', '食品 ', '纺织', '紡織', '化工']
const CITIES = ['苏州', '苏州市', '无锡', '宁波', '杭州', '杭洲']
const LEVELS = ['重点', 'VIP', '普通', 'A', '钻石']
const PEOPLE = ['王芳', '小周', '刘洋']
const NAMES = ['博远', '越纺', '恒丰', '禾盛', '竹韵', '港机', '光谷', '叠石', '云栖', '蓉城', '达科', '兴隆']
const FORMS = ['机械有限公司', '印染有限公司', '食品有限公司']

const mobile = (at: number): string => `13${800000000 + at * 7919}`.slice(0, 11)

/** A list as a company keeps it: two title rows, a header of two lines with merged groups, three contacts a row, a total below. */
export async function messyWorkbook(path: string, rows = 60): Promise<void> {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('说明').addRow(['请勿改动本表格式'])
  const sheet = book.addWorksheet('客户台账')
  sheet.addRow(['海川自动化 2026 年客户资料汇总表'])
  sheet.addRow(['制表：销售部', '', '', '日期：2026年10月'])
  sheet.addRow(['客户', '', '', '', '', '', '', '联系人1', '', '联系人2', '', '联系人3', '', '跟进', '', '建档'])
  sheet.addRow([
    '公司名称',
    '行业',
    '城市',
    '级别',
    '收货信息',
    '年采购额',
    '业务员',
    '姓名',
    '手机',
    '姓名',
    '手机',
    '姓名',
    '电话',
    '跟进内容',
    '跟进时间',
    '建档日期',
  ])
  sheet.mergeCells('A1:P1')
  sheet.mergeCells('A3:G3')
  sheet.mergeCells('H3:I3')
  sheet.mergeCells('J3:K3')
  sheet.mergeCells('L3:M3')
  sheet.mergeCells('N3:O3')
  for (let at = 0; at < rows; at++) sheet.addRow(messyRow(at))
  sheet.addRow(['合计', '', '', '', '', `${rows * 12}万元`])
  await book.xlsx.writeFile(path)
}

const of = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

function messyRow(at: number): unknown[] {
  const city = of(CITIES, at)
  const name = `${city.slice(0, 2)}${of(NAMES, at)}${of(NAMES, Math.floor(at / 12) + 3)}${of(FORMS, at)}`
  return [
    at % 9 === 4 ? ` ${name.replace('有限公司', '（集团）有限公司')} ` : name,
    of(TRADES, at),
    city,
    of(LEVELS, at),
    at % 5 === 0 ? `江苏省苏州市工业园区星湖街${at + 1}号 ${mobile(at + 500)} 陈小明收` : `江苏省苏州市姑苏区人民路${at + 1}号`,
    at % 4 === 0 ? '12万' : `${(at + 1) * 1000}`,
    of(PEOPLE, at),
    `李${of(['强', '敏', '伟', '娜'], at)}`,
    at === 7 ? '1381577' : Number(mobile(at)),
    at % 2 === 0 ? `赵${of(['军', '洋'], at)}` : '',
    at % 2 === 0 ? `${mobile(at + 200)} / 0512-6621${String(1000 + at).slice(0, 4)}` : '',
    at % 3 === 0 ? '孙会计' : '',
    at % 3 === 0 ? `0512-8812${String(2000 + at).slice(0, 4)}` : '',
    of(['已寄样', '等集团批复', '约下周拜访'], at),
    of(['2026.9.26', '2026年10月8日', '46300'], at),
    of(['2019/5/1', '2020-03-15', '2021年7月'], at),
  ]
}

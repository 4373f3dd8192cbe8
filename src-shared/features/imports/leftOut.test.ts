import { describe, expect, it } from 'vitest'
import { leftOutNote } from './leftOut.ts'
import type { ImportableEntity } from './model.ts'
import { proposeField } from './newField.ts'

const look = (header: string, cells: string[], entity: ImportableEntity = 'customer', because = 'none') =>
  leftOutNote({ entity, header, because, cells, proposal: proposeField(header, cells) })

const NAMES = ['王建国', '李梅', '张晓雨', '欧阳明']

describe('a column that goes nowhere', () => {
  it.each([
    ['介绍人', NAMES, 'leftNames'],
    ['备注2', NAMES, 'leftNames'],
    ['财务', ['王会计', '李梅', '赵敏'], 'leftNames'],
    ['热线', ['400-820-8888', '021-55551234', '0512-66218800'], 'leftPhones'],
    ['紧急联络', ['13805126621', '13912345678', '18607310000'], 'leftPhones'],
    ['抄送', ['a@example.cn', 'b@example.cn', ''], 'leftEmails'],
    ['年采购额（万元）', ['12', '8.5', '30'], 'leftAmounts'],
    ['合同金额', ['120000', '¥3,500.00', '2万'], 'leftAmounts'],
  ])('%s is asked about as %s', (header, cells, code) => {
    expect(look(header, cells)).toMatchObject({ code, level: 'warning', counts: { of: cells.length } })
  })

  it.each([
    ['序号', ['1', '2', '3']],
    ['城市', ['苏州市', '常州市', '温州市', '金华市']],
    ['材质', ['黄铜', '金属', '石料']],
    ['颜色', ['白色', '黄色', '金色', '蓝色']],
    ['员工人数', ['120', '80', '35']],
    ['产品型号', ['A-12', 'B-7', 'C-9']],
    ['空列', ['', '', '']],
  ])('%s is left in peace', (header, cells) => {
    expect(look(header, cells)).toBeNull()
  })

  it('is not asked about again by who has said to leave it out', () => {
    expect(look('介绍人', NAMES, 'customer', 'chosen')).toBeNull()
    expect(look('介绍人', NAMES, 'customer', 'memory')).toBeNull()
  })

  it.each(['登录名', '登陆账号', '用户名', '角色', '系统角色', '初始密码', 'Login', 'Role', 'user_name'])(
    'of employees says of %s that an import makes no accounts',
    (header) => {
      expect(look(header, ['liming', 'wangfang'], 'employee')).toMatchObject({ code: 'leftAccount', level: 'info' })
      expect(look(header, ['liming', 'wangfang'])?.code).not.toBe('leftAccount')
    },
  )
})

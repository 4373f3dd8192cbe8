import { expect, it } from 'vitest'
import type { Colleague } from './model.ts'
import { colleagueChoices } from './colleagues.ts'

const colleague = (id: string, name: string, departmentName: string | null): Colleague => ({
  id: `01EMPLOYEE000000000000${id}` as Colleague['id'],
  name,
  departmentName,
  left: false,
})
const labels = (...colleagues: Colleague[]) => colleagueChoices(colleagues).map(({ label }) => label)

it('a name of one colleague stands alone', () => {
  expect(labels(colleague('AAAA', '李娜', '销售一部'), colleague('BBBB', '王芳', null))).toEqual(['李娜', '王芳'])
})

it('the same name in two departments is told apart by them', () => {
  expect(labels(colleague('AAAA', '李娜', '销售一部'), colleague('BBBB', '李娜', '客服部'))).toEqual([
    '李娜（销售一部）',
    '李娜（客服部）',
  ])
})

it('the same name in one department, or in none, by the end of the number', () => {
  expect(
    labels(colleague('AAAA', '李娜', '销售一部'), colleague('BBBB', '李娜', '销售一部'), colleague('CCCC', '李娜', null)),
  ).toEqual(['李娜（销售一部 · #AAAA）', '李娜（销售一部 · #BBBB）', '李娜'])
})
